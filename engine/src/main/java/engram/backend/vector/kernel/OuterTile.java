package engram.backend.vector.kernel;

/**
 * Register tile for sums of outer products over the pixels of an image: {@code rows() x columns()}
 * of the output.
 *
 * <pre>
 *   y[r][c] (+)= sum over i &lt; outer, k &lt; inner of
 *       x[xAt + xRows[i] + k * xStep + r] * w[wAt + i * wRow + k * wStep + c]
 * </pre>
 *
 * <p>Serves the weight gradient: i is a row of pixels, k a column, r counts (kernel column, input
 * channel), which lie contiguous in x, and c counts output channels.
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
      int[] xRows,
      int xStep,
      float[] w,
      int wAt,
      int wRow,
      int wStep,
      int outer,
      int inner,
      float[] y,
      int yAt,
      int yStep,
      boolean accumulate);
}
