package engram.backend.vector.conv;

/**
 * The convolution itself: y[image, row, column, :] = sum over a patch of the padded source times
 * weights. Forward passes and input gradients differ only in the layout of the source and in the
 * order of the weights.
 */
interface ConvolutionSum {
  /**
   * Sizes of a sum.
   *
   * @param images images
   * @param kh patch rows
   * @param kw patch columns
   * @param stride step between patches
   * @param outputs output channels
   * @param outH output rows
   * @param outW output columns
   */
  record Geometry(int images, int kh, int kw, int stride, int outputs, int outH, int outW) {}

  /** Computes and stores all outputs. */
  void run();
}
