package engram.backend.vector.tile;

/**
 * Register tile for sums over patches: {@code pixels()} outputs at once, each over {@code
 * channels()} output channels.
 *
 * <pre>
 *   y[p][o] = sum over row, k of  x[at(p) + row * xRow + k] * w[row * length + k][o]
 * </pre>
 *
 * <p>One row of a convolution patch, (kernel column, input channel), lies contiguous in a
 * channels-last image, so {@code length = KW * C}, {@code rows = KH}, and no im2col copy is needed.
 * Per step of k: {@code pixels()} broadcasts and {@code channels() / lanes} loads feed their
 * product of multiply-adds.
 */
public interface PatchTile {
  /** Outputs computed at once. */
  int pixels();

  /** Output channels computed at once: a multiple of the lanes. */
  int channels();

  /**
   * Computes one tile.
   *
   * @param x padded image
   * @param xAt start of the image in x
   * @param pixels offsets of the patches from xAt
   * @param first index in {@code pixels} of the tile's first patch
   * @param xRow distance between rows of a patch
   * @param rows rows of a patch
   * @param length floats in a row of a patch
   * @param w packed weights {@code [rows * length, channels()]}
   * @param wAt start of the packed weights
   * @param y output; overwritten
   * @param yAt start of the output of the tile's first pixel
   * @param yStep distance between outputs of neighbouring pixels
   */
  void run(
      float[] x,
      int xAt,
      int[] pixels,
      int first,
      int xRow,
      int rows,
      int length,
      float[] w,
      int wAt,
      float[] y,
      int yAt,
      int yStep);
}
