package engram.backend.vector.kernel;

import java.util.Arrays;

/**
 * Gradient of a convolution with respect to its weights: {@code dw[ky, kx, c, o] = sum over n, i, j
 * of x[n, i s + ky - p, j s + kx - p, c] * dy[n, i, j, o]}.
 *
 * <p>For one kernel row, (kx, c) is contiguous in a channels-last image: a register tile holds some
 * of these rows times some output channels, and runs over the pixels of a band. Images are cut into
 * a fixed number of parts whose sums are added in order, so that the bits do not depend on how many
 * workers share the parts.
 */
public final class Conv2dWeightGradient implements Kernel {
  /** Most parts into which the images are cut. */
  private static final int PARTS = 8;

  /** Floats of dy that a band should not exceed, to stay in the first-level cache. */
  private static final int BAND_FLOATS = 6 * 1024;

  private final ConvShape shape;
  private final Span x;
  private final Span dy;
  private final Span dw;
  private final Workers workers;
  private final Scratch scratch;
  private final OuterTile tile;
  private final PaddedImage layout;
  private final int length;
  private final int rowsPadded;
  private final int channels;
  private final int parts;
  private final int bandRows;
  private final int dyAt;
  private final int groups;
  private final Workers.Task part = this::sumPart;
  private final Workers.Task combine = this::combineRow;

  /**
   * Binds a gradient.
   *
   * @param x {@code [n, h, w, c]}
   * @param dy {@code [n, outH, outW, o]}
   * @param dw {@code [kh, kw, c, o]}, overwritten
   */
  public Conv2dWeightGradient(ConvShape shape, Span x, Span dy, Span dw, Workers workers) {
    this.shape = shape;
    this.x = x.require("convolution input", shape.xLength());
    this.dy = dy.require("gradient of the convolution's output", shape.yLength());
    this.dw = dw.require("gradient of the convolution's weight", shape.weightLength());
    this.workers = workers;
    scratch = workers.scratch();
    tile = Tiles.outer(shape.kw() * shape.c(), shape.o());
    int p = shape.padding();
    int width = (shape.outW() - 1) * shape.stride() + shape.kw();
    layout = new PaddedImage(shape.h(), shape.w(), shape.c(), p, p, 1, width);
    length = shape.kw() * shape.c();
    rowsPadded = Lanes.roundUp(length, tile.rows());
    channels = Lanes.roundUp(shape.o(), tile.columns());
    parts = Math.min(shape.n(), PARTS);
    bandRows = Math.clamp(BAND_FLOATS / (shape.outW() * channels), 1, shape.outH());
    groups = workers.size() * 2 > parts ? shape.kh() : 1;
    int inputRows = (bandRows - 1) * shape.stride() + shape.kh();
    // A tile may read past the last row by less than its height.
    dyAt = Lanes.roundUp(inputRows * layout.rowLength() + tile.rows(), Scratch.LINE);
    scratch.reserve((long) parts * partLength(), dyAt + (long) bandRows * shape.outW() * channels);
  }

  private int partLength() {
    return shape.kh() * rowsPadded * channels;
  }

  @Override
  public void run() {
    workers.run(parts * groups, part);
    workers.run(shape.kh() * length, combine);
  }

  /** Sums one part of the images, for all kernel rows or for one. */
  private void sumPart(int index, int worker) {
    int number = index / groups;
    int firstRow = groups == 1 ? 0 : index % groups;
    int endRow = groups == 1 ? shape.kh() : firstRow + 1;
    int first = Math.toIntExact((long) number * shape.n() / parts);
    int end = Math.toIntExact((number + 1L) * shape.n() / parts);
    for (int image = first; image < end; image++) {
      for (int row = 0; row < shape.outH(); row += bandRows) {
        boolean accumulate = image > first || row > 0;
        sumBand(number, image, row, firstRow, endRow, worker, accumulate);
      }
    }
  }

  private void sumBand(
      int number,
      int image,
      int row,
      int firstKernelRow,
      int endKernelRow,
      int worker,
      boolean accumulate) {
    float[] work = scratch.array();
    int rows = Math.min(bandRows, shape.outH() - row);
    int s = shape.stride();
    int xAt = scratch.of(worker);
    int kernelRows = endKernelRow - firstKernelRow;
    layout.fill(
        x.array(),
        x.offset() + image * shape.h() * shape.w() * shape.c(),
        row * s + firstKernelRow,
        (rows - 1) * s + kernelRows,
        work,
        xAt);
    float[] gradient = dy.array();
    int gradientAt = dy.offset() + (image * shape.outH() + row) * shape.outW() * shape.o();
    if (channels != shape.o()) {
      widen(gradientAt, rows * shape.outW(), work, xAt + dyAt);
      gradient = work;
      gradientAt = xAt + dyAt;
    }
    int to = scratch.shared() + number * partLength();
    for (int ky = firstKernelRow; ky < endKernelRow; ky++) {
      for (int o = 0; o < channels; o += tile.columns()) {
        for (int r = 0; r < length; r += tile.rows()) {
          tile.run(
              work,
              xAt + (ky - firstKernelRow) * layout.rowLength() + r,
              s * shape.c(),
              s * layout.rowLength(),
              gradient,
              gradientAt + o,
              channels,
              channels * shape.outW(),
              rows,
              shape.outW(),
              work,
              to + (ky * rowsPadded + r) * channels + o,
              channels,
              accumulate);
        }
      }
    }
  }

  /** Copies output gradients so that each pixel has a whole number of tiles of channels. */
  private void widen(int from, int pixels, float[] work, int to) {
    for (int p = 0; p < pixels; p++) {
      int at = to + p * channels;
      System.arraycopy(dy.array(), from + p * shape.o(), work, at, shape.o());
      Arrays.fill(work, at + shape.o(), at + channels, 0);
    }
  }

  /** Adds up the parts of one (kernel row, kernel column, input channel). */
  private void combineRow(int index, int worker) {
    float[] work = scratch.array();
    float[] out = dw.array();
    int row = index / length * rowsPadded + index % length;
    int from = scratch.shared() + row * channels;
    int to = dw.offset() + index * shape.o();
    System.arraycopy(work, from, out, to, shape.o());
    for (int number = 1; number < parts; number++) {
      from += partLength();
      for (int o = 0; o < shape.o(); o++) {
        out[to + o] += work[from + o];
      }
    }
  }
}
