package engram.backend.vector.norm;

/**
 * The loops over whole rows of channels, with the Vector API and plainly: elements {@code from} to
 * {@code to - 1} of an array, the first of which is of channel 0. Only operations that are exact or
 * exactly rounded, in the same order: both have the same bits.
 */
public interface NormLoops {

  /** With the Vector API. */
  static NormLoops vector() {
    return new VectorNormLoops();
  }

  /** Without. */
  static NormLoops plain() {
    return new PlainNormLoops();
  }

  /** {@code sum[i % length] += x[i]}, where sum begins at {@code sumAt}. */
  void sum(float[] x, int from, int to, int length, float[] sum, int sumAt);

  /** {@code sum[i % length] += (x[i] - centre[i % length])^2}, where both lie in one array. */
  void squares(float[] x, int from, int to, int length, float[] scratch, int centreAt, int sumAt);

  /** {@code y = activation(normal(x))}, where y begins {@code shift} elements after x. */
  void normalise(Normal normal, float[] x, int from, int to, float[] y, int shift);

  /** {@code y = activation(normal(x) + r)}; y and the residual r begin so much after x. */
  void normaliseAndAdd(
      Normal normal, float[] x, int from, int to, float[] r, int rShift, float[] y, int yShift);

  /**
   * The sums of the parameters' gradients: with {@code dz = activation'(normal(x)) dy}, {@code
   * scratch[beta + i % length] += dz} and {@code scratch[gamma + i % length] += dz (x - centre)}.
   */
  void gradientSums(
      Normal normal,
      float[] x,
      int from,
      int to,
      float[] dy,
      int shift,
      float[] scratch,
      int gamma,
      int beta);

  /** {@code dx = scale dz + slope (x - centre) + shift}, with the same dz. */
  void inputGradient(
      Normal normal,
      Slopes slopes,
      float[] x,
      int from,
      int to,
      float[] dy,
      int dyShift,
      float[] dx,
      int dxShift);
}
