package engram.backend.vector.light;

/**
 * The few light loops that C2 turns into no vector code, or into slow code, so that they exist
 * twice: with the Vector API, and plainly. All but the steps of the optimisers choose between two
 * values for each element: where signs are random, each choice costs half a mispredicted branch
 * (about 1 GB/s).
 */
public interface Loops {

  /** With the Vector API. */
  static Loops vector() {
    return new VectorLoops();
  }

  /** Without. */
  static Loops plain() {
    return new PlainLoops();
  }

  /** {@code y = x > 0 ? x : slope * x}. */
  void leakyRelu(float slope, float[] x, int xAt, float[] y, int yAt, int count);

  /** {@code dx = y > 0 ? dy : slope * dy}. */
  void leakyReluGradient(
      float slope, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int count);

  /** {@code y = x <= 0 ? 0 : x}. */
  void relu(float[] x, int xAt, float[] y, int yAt, int count);

  /** {@code dx = y <= 0 ? 0 : dy}. */
  void reluGradient(float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int count);

  /**
   * One row of maxima y and of their positions in their windows, {@code i * kernel + j}: the first
   * of equal numbers, the last NaN.
   *
   * @param xAt the image row at which the windows start
   */
  void maxPoolRow(
      PoolShape shape, float[] x, int xAt, float[] y, int yAt, float[] indices, int indicesAt);

  /**
   * One row of the gradient of max pooling: each pixel gathers from the windows that hold it.
   *
   * @param row number of the row in its image
   * @param indicesAt first element of the image, as {@code dyAt}
   */
  void maxPoolGradientRow(
      PoolShape shape,
      int row,
      float[] indices,
      int indicesAt,
      float[] dy,
      int dyAt,
      float[] dx,
      int dxAt);

  /** Moves parameters {@code from} to {@code to - 1} by a step of Adam. */
  void adam(AdamKernel step, int from, int to);

  /** Moves parameters {@code from} to {@code to - 1} by a step of gradient descent. */
  void sgd(SgdKernel step, int from, int to);
}
