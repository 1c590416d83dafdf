package engram.backend.vector.light;

/**
 * Loops that choose between two values for each element. C2 makes no vector code from a condition,
 * and where signs are random each costs half a mispredicted branch (about 1 GB/s). So these few
 * exist twice: with masks of the Vector API, and plainly.
 */
public interface SelectLoops {

  /** With the Vector API. */
  static SelectLoops vector() {
    return new VectorSelectLoops();
  }

  /** Without. */
  static SelectLoops plain() {
    return new PlainSelectLoops();
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
}
