package engram.backend.vector.tile;

/**
 * Register tile for sums of outer products over the pixels of an image: {@code rows() x columns()}
 * of the output.
 *
 * <pre>
 *   y[r][c] (+)= sum over i &lt; count of  x[xAt + pixels[i] + r] * w[wAt + i * columns() + c]
 * </pre>
 *
 * <p>Serves the weight gradient: i is a pixel, r counts (kernel column, input channel), which lie
 * contiguous in x, and c counts output channels of a panel. One loop over all pixels of a band, not
 * one for each of its rows: rows of eight pixels are too short for a loop of their own.
 */
public interface WeightGradientTile {
  /** Output rows computed at once. */
  int rows();

  /** Output columns computed at once: a multiple of the lanes. */
  int columns();

  /** Computes one tile; with {@code accumulate} it adds to what y holds, else it overwrites y. */
  void run(
      float[] x,
      int xAt,
      int[] pixels,
      int count,
      float[] w,
      int wAt,
      float[] y,
      int yAt,
      int yStep,
      boolean accumulate);
}
