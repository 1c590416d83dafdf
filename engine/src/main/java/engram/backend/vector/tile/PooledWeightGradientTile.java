package engram.backend.vector.tile;

/**
 * Register tile for the weight gradient below a 2 x 2 pooling, for one output channel: some kernel
 * rows times some vectors of (kernel column, input channel).
 *
 * <pre>
 *   y[r][k] (+)= sum over i &lt; count of  g[gAt + i * step] * x[xAt + at[first + i * step] + r * xRow + k]
 * </pre>
 *
 * <p>Only the maximum of a window has a gradient: {@code at} says where its patch begins.
 */
public interface PooledWeightGradientTile {
  /** Kernel rows computed at once. */
  int rows();

  /** Floats of a kernel row computed at once: a multiple of the lanes. */
  int columns();

  /** Computes one tile; with {@code accumulate} it adds to what y holds, else it overwrites y. */
  void run(
      float[] x,
      int xAt,
      int xRow,
      int[] at,
      int first,
      float[] g,
      int gAt,
      int step,
      int count,
      float[] y,
      int yAt,
      int yStep,
      boolean accumulate);
}
