package engram.backend.vector.conv;

import engram.backend.vector.run.Workers;

/**
 * The convolution itself: y[image, row, column, :] = sum over a patch of the padded source times
 * packed weights. Forward passes and input gradients differ only in the layout of the source and in
 * the packing of the weights.
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

  /**
   * Binds a sum in the way that is the fastest for its sizes.
   *
   * @param rowStep output rows that belong together (2 when the store pools)
   */
  static ConvolutionSum of(
      HaloSource source, Geometry at, PatchStore store, int rowStep, Workers workers) {
    if (WinogradSum.fits(source, at)) {
      return new WinogradSum(source, at, store, workers);
    }
    if (source instanceof PlainSource plain && StripSource.fits(plain, at)) {
      HaloSource strips = new StripSource(plain.images(), plain.layout(), at.kh());
      Geometry rows = new Geometry(at.images(), 1, at.kw(), 1, at.outputs(), at.outH(), at.outW());
      return new PatchSum(strips, rows, store, rowStep, workers);
    }
    return new PatchSum(source, at, store, rowStep, workers);
  }

  /** Output channels of one block of packed weights. */
  int blockChannels();

  /** Blocks of packed weights. */
  int blocks();

  /**
   * Start in the shared scratch of the packed weights, {@code [blocks, kh * kw * c,
   * blockChannels()]}; fill them before {@link #run}.
   */
  int packedAt();

  /** Where among the rows {@code kh * kw * c} of a block those of one patch pixel begin. */
  int packedRow(int ky, int kx);

  /** Computes and stores all outputs. */
  void run();
}
