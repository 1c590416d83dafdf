package engram.bench.ladder;

/**
 * The task of the matrix ladder: {@code y = leaky_relu(a b + bias)} with slope 0.01, row-major.
 *
 * @param m rows of a and y; a multiple of 4
 * @param n columns of b and y; a multiple of two vectors
 * @param k terms of each sum
 * @param a [m, k]
 * @param b [k, n]
 * @param bias [n]
 * @param y [m, n], overwritten
 */
public record Product(int m, int n, int k, float[] a, float[] b, float[] bias, float[] y) {
  static final float SLOPE = 0.01f;

  public Product {
    if (m % 4 != 0 || n % (2 * Registers.LANES) != 0) {
      throw new IllegalArgumentException(
          "ladder: a product of %d x %d, expected multiples of 4 and %d"
              .formatted(m, n, 2 * Registers.LANES));
    }
  }

  /** Multiply-adds count as two; bias and ReLU are not counted. */
  public long flops() {
    return 2L * m * n * k;
  }

  /**
   * Two vectors of columns of b from {@code column} on, [k, 2 * LANES]: read in order.
   *
   * @param before an array of an earlier run, which is used again if it has the size
   */
  float[] packed(int column, float[] before) {
    int width = 2 * Registers.LANES;
    float[] packed = before.length == k * width ? before : new float[k * width];
    for (int t = 0; t < k; t++) {
      System.arraycopy(b, t * n + column, packed, t * width, width);
    }
    return packed;
  }

  /** Bias and ReLU in a pass of their own, as the rungs below the last do it. */
  void activate() {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float v = y[i * n + j] + bias[j];
        y[i * n + j] = v > 0 ? v : SLOPE * v;
      }
    }
  }
}
