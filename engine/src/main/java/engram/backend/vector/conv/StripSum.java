package engram.backend.vector.conv;

import engram.backend.vector.run.Workers;

/**
 * Sums over patches of few channels: those of a {@link StripSource}.
 *
 * @param sum sums over patches of one row
 * @param kh rows of the patches
 * @param c channels of the images
 */
record StripSum(PatchSum sum, int kh, int c) implements ConvolutionSum {
  /** From this length on, a patch row is worth a loop of its own. */
  private static final int LONG_ROW = 32;

  static StripSum of(
      PlainSource source, Geometry at, PatchStore store, int rowStep, Workers workers) {
    StripSource strips = new StripSource(source.images(), source.layout(), at.kh());
    Geometry rows = new Geometry(at.images(), 1, at.kw(), 1, at.outputs(), at.outH(), at.outW());
    return new StripSum(
        new PatchSum(strips, rows, store, rowStep, workers), at.kh(), source.channels());
  }

  /** Whether this way serves a sum, and wins. */
  static boolean fits(PlainSource source, Geometry at) {
    return at.stride() == 1
        && at.kh() > 1
        && source.layout().dilation() == 1
        && at.kw() * source.channels() < LONG_ROW;
  }

  @Override
  public int blockChannels() {
    return sum.blockChannels();
  }

  @Override
  public int blocks() {
    return sum.blocks();
  }

  @Override
  public int packedAt() {
    return sum.packedAt();
  }

  @Override
  public int packedRow(int ky, int kx) {
    return (kx * kh + ky) * c;
  }

  @Override
  public void run() {
    sum.run();
  }
}
