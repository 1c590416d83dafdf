package engram.bench.ladder;

/**
 * The task of the convolution ladder: {@code y = max_pool2d(leaky_relu(conv2d(x, w) + bias))} with
 * a 3 x 3 kernel, padding 1, slope 0.01 and 2 x 2 pooling, channels last.
 *
 * @param images images
 * @param side rows and columns of x; even
 * @param c input channels
 * @param o output channels; a multiple of two vectors
 * @param x [images, side, side, c]
 * @param w [3, 3, c, o]
 * @param bias [o]
 * @param y [images, side / 2, side / 2, o], overwritten
 * @param z [images, side, side, o], room for what is not yet pooled
 */
public record Convolution(
    int images, int side, int c, int o, float[] x, float[] w, float[] bias, float[] y, float[] z) {
  static final float SLOPE = 0.01f;

  public Convolution {
    if (side % 2 != 0 || o % (2 * Registers.LANES) != 0) {
      throw new IllegalArgumentException(
          "ladder: a convolution of %d pixels a side to %d channels, expected multiples of 2 and %d"
              .formatted(side, o, 2 * Registers.LANES));
    }
  }

  /** Dense operations of the convolution, its zero border included. */
  public long flops() {
    return 2L * images * side * side * 9 * c * o;
  }

  /** Bias and ReLU over z, in a pass of their own. */
  void activate() {
    for (int i = 0; i < z.length; i += o) {
      for (int j = 0; j < o; j++) {
        float v = z[i + j] + bias[j];
        z[i + j] = v > 0 ? v : SLOPE * v;
      }
    }
  }

  /** Pooling from z to y, in another pass. */
  void pool() {
    int to = 0;
    for (int row = 0; row < images * side; row += 2) {
      for (int column = 0; column < side; column += 2) {
        int from = (row * side + column) * o;
        for (int j = 0; j < o; j++) {
          float top = Math.max(z[from + j], z[from + o + j]);
          int below = from + side * o;
          float bottom = Math.max(z[below + j], z[below + o + j]);
          y[to++] = Math.max(top, bottom);
        }
      }
    }
  }

  /**
   * x [images, side + 2, side + 2, c] with a border of zeros.
   *
   * @param before an array of an earlier run, which is used again if it has the size
   */
  float[] padded(float[] before) {
    int size = images * (side + 2) * (side + 2) * c;
    float[] padded = before.length == size ? before : new float[size];
    int row = side * c;
    for (int n = 0; n < images; n++) {
      for (int i = 0; i < side; i++) {
        int to = ((n * (side + 2) + i + 1) * (side + 2) + 1) * c;
        System.arraycopy(x, (n * side + i) * row, padded, to, row);
      }
    }
    return padded;
  }
}
