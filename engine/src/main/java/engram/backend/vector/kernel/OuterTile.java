package engram.backend.vector.kernel;

/**
 * Register tile for sums of outer products: {@code rows() x columns()} of the output.
 *
 * <pre>
 *   y[r][c] (+)= sum over i &lt; outer, k &lt; inner of
 *       x[xAt + i * xJump + k * xStep + r] * w[wAt + i * wJump + k * wStep + c]
 * </pre>
 *
 * <p>Serves the weight gradient (sum over pixels, x and dy as they lie in memory) and the matrix
 * product (sum over packed panels, {@code outer = 1}).
 */
interface OuterTile {
  /** Output rows computed at once. */
  int rows();

  /** Output columns computed at once: a multiple of the lanes. */
  int columns();

  /** Computes one tile; with {@code accumulate} it adds to what y holds, else it overwrites y. */
  void run(
      float[] x,
      int xAt,
      int xStep,
      int xJump,
      float[] w,
      int wAt,
      int wStep,
      int wJump,
      int outer,
      int inner,
      float[] y,
      int yAt,
      int yStep,
      boolean accumulate);
}
