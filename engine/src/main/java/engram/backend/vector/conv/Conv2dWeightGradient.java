package engram.backend.vector.conv;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Lanes;
import engram.backend.vector.run.Scratch;
import engram.backend.vector.run.Workers;
import engram.backend.vector.tile.Tiles;
import engram.backend.vector.tile.WeightGradientTile;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Gradient of a convolution with respect to its weights: {@code dw[ky, kx, c, o] = sum over n, i, j
 * of x[n, i s + ky - p, j s + kx - p, c] * dy[n, i, j, o]}.
 *
 * <p>For one kernel row, (kx, c) is contiguous in a channels-last image: a register tile holds some
 * of these rows times some output channels, and runs over the pixels of a band: some rows of a
 * large image, or several small images. Images are cut into a fixed number of parts whose sums are
 * added in order, so that the bits do not depend on how many workers share the parts.
 */
public final class Conv2dWeightGradient implements Kernel {
  /** Most parts into which the images are cut. */
  private static final int PARTS = 8;

  /** Floats of the sums of all parts, at most: more would have to go to main memory and back. */
  static final int PART_FLOATS = 2 * 1024 * 1024;

  /** Pixels that a tile sums at once: enough to make storing it cheap, few enough for the cache. */
  static final int BAND_PIXELS = 64;

  private final ConvShape shape;
  private final HostBuffer x;
  private final HostBuffer dy;
  private final HostBuffer dw;
  private final Workers workers;
  private final Scratch scratch;
  private final WeightGradientTile tile;
  private final PaddedImage layout;
  private final int length;
  private final int rowsPadded;
  private final int channels;
  private final int parts;
  private final int bandRows;
  private final int bandImages;
  private final int inputLength;
  private final int[] pixels;
  private final int dyAt;
  private final int rowGroups;
  private final int panelGroups;
  private final Workers.Task part = this::sumPart;
  private final Workers.Task combine = this::combineRow;

  /**
   * Binds a gradient in the way that is the fastest for its shape.
   *
   * @param x {@code [n, h, w, c]}
   * @param dy {@code [n, outH, outW, o]}
   * @param dw {@code [kh, kw, c, o]}, overwritten
   */
  public static Kernel of(
      ConvAlgorithm algorithm,
      ConvShape shape,
      HostBuffer x,
      HostBuffer dy,
      HostBuffer dw,
      Workers workers) {
    return algorithm == ConvAlgorithm.WINOGRAD
        ? new WinogradWeightGradient(shape, x, dy, dw, workers)
        : new Conv2dWeightGradient(shape, x, dy, dw, workers);
  }

  private Conv2dWeightGradient(
      ConvShape shape, HostBuffer x, HostBuffer dy, HostBuffer dw, Workers workers) {
    this.shape = shape;
    this.x = x.require("convolution input", shape.xLength());
    this.dy = dy.require("gradient of the convolution's output", shape.yLength());
    this.dw = dw.require("gradient of the convolution's weight", shape.weightLength());
    this.workers = workers;
    scratch = workers.scratch();
    tile = Tiles.weightGradient(shape.kw() * shape.c(), shape.o());
    int p = shape.padding();
    int width = (shape.outW() - 1) * shape.stride() + shape.kw();
    layout = new PaddedImage(shape.h(), shape.w(), shape.c(), p, p, width);
    length = shape.kw() * shape.c();
    rowsPadded = Lanes.roundUp(length, tile.rows());
    channels = Lanes.roundUp(shape.o(), tile.columns());
    parts = parts(shape, partLength());
    bandRows = Math.clamp(BAND_PIXELS / shape.outW(), 1, shape.outH());
    bandImages =
        Math.clamp(BAND_PIXELS / (shape.outH() * shape.outW()), 1, Lanes.ceilDiv(shape.n(), parts));
    // How the sums of a part are shared does not touch the bits.
    int wanted = Lanes.ceilDiv(2 * workers.size(), parts);
    rowGroups = wanted > 1 ? shape.kh() : 1;
    panelGroups = Math.clamp(Lanes.ceilDiv(wanted, rowGroups), 1, channels / tile.columns());
    int inputRows = (bandRows - 1) * shape.stride() + shape.kh();
    inputLength = inputRows * layout.rowLength();
    pixels = pixelOffsets();
    // A tile may read past the last row by less than its height.
    dyAt = Lanes.roundUp(bandImages * inputLength + tile.rows(), Scratch.LINE);
    scratch.reserve((long) parts * partLength(), dyAt + (long) pixels.length * channels);
  }

  /** Where in a worker's scratch the patch row of each pixel of a band begins. */
  private int[] pixelOffsets() {
    int[] offsets = new int[bandImages * bandRows * shape.outW()];
    for (int i = 0; i < offsets.length; i++) {
      int row = i / shape.outW() % bandRows * shape.stride();
      int column = i % shape.outW() * shape.stride();
      int image = i / (bandRows * shape.outW());
      offsets[i] = image * inputLength + row * layout.rowLength() + column * shape.c();
    }
    return offsets;
  }

  /** Parts into which the images are cut, by the floats of one part's sums. */
  static int parts(ConvShape shape, int partLength) {
    return Math.clamp(PART_FLOATS / partLength, 1, Math.min(shape.n(), PARTS));
  }

  private int partLength() {
    return shape.kh() * rowsPadded * channels;
  }

  @Override
  public void run() {
    workers.run(parts * rowGroups * panelGroups, part);
    workers.run(shape.kh() * length, combine);
  }

  /** Sums one part of the images, for all kernel rows or for one, and some output channels. */
  private void sumPart(int index, int worker) {
    int number = index / (rowGroups * panelGroups);
    int rowGroup = index / panelGroups % rowGroups;
    int firstRow = rowGroups == 1 ? 0 : rowGroup;
    int endRow = rowGroups == 1 ? shape.kh() : firstRow + 1;
    int panels = channels / tile.columns();
    int panelGroup = index % panelGroups;
    int firstColumn = panelGroup * panels / panelGroups * tile.columns();
    int endColumn = (panelGroup + 1) * panels / panelGroups * tile.columns();
    int first = Math.toIntExact((long) number * shape.n() / parts);
    int end = Math.toIntExact((number + 1L) * shape.n() / parts);
    boolean accumulate = false;
    for (int image = first; image < end; image += bandImages) {
      int images = Math.min(bandImages, end - image);
      for (int row = 0; row < shape.outH(); row += bandRows) {
        fillInput(image, images, row, firstRow, endRow, worker);
        sumBand(
            number,
            image,
            images,
            row,
            firstRow,
            endRow,
            firstColumn,
            endColumn,
            worker,
            accumulate);
        accumulate = true;
      }
    }
  }

  /** Copies the input rows that some kernel rows need, with their halo, from one image or more. */
  private void fillInput(int image, int images, int row, int firstRow, int endRow, int worker) {
    int s = shape.stride();
    int rows = Math.min(bandRows, shape.outH() - row);
    for (int i = 0; i < images; i++) {
      layout.fill(
          x.data(),
          x.offset() + (image + i) * shape.h() * shape.w() * shape.c(),
          row * s + firstRow,
          (rows - 1) * s + endRow - firstRow,
          scratch.array(),
          scratch.of(worker) + i * inputLength);
    }
  }

  private void sumBand(
      int number,
      int image,
      int images,
      int row,
      int firstRow,
      int endRow,
      int firstColumn,
      int endColumn,
      int worker,
      boolean accumulate) {
    float[] work = scratch.array();
    int xAt = scratch.of(worker);
    // More than one image only if a band is a whole image, so the rows of dy follow each other.
    int count = images * Math.min(bandRows, shape.outH() - row) * shape.outW();
    int first = dy.offset() + (image * shape.outH() + row) * shape.outW() * shape.o();
    boolean packed = shape.o() != tile.columns();
    if (packed) {
      pack(first, count, firstColumn, endColumn, work, xAt + dyAt);
    }
    int to = scratch.shared() + number * partLength();
    for (int ky = firstRow; ky < endRow; ky++) {
      for (int o = firstColumn; o < endColumn; o += tile.columns()) {
        for (int r = 0; r < length; r += tile.rows()) {
          tile.run(
              work,
              xAt + (ky - firstRow) * layout.rowLength() + r,
              pixels,
              count,
              packed ? work : dy.data(),
              packed ? xAt + dyAt + (o - firstColumn) * count : first,
              work,
              to + (ky * rowsPadded + r) * channels + o,
              channels,
              accumulate);
        }
      }
    }
  }

  /**
   * Copies output gradients into panels {@code [channels / columns, count, columns]}, padded with
   * zeros. Where they lie, neighbouring pixels are a power of two apart, so that all fall into the
   * same few sets of the first-level cache. If there is one panel, and it is full, they lie as they
   * should.
   */
  private void pack(int from, int count, int firstColumn, int endColumn, float[] work, int to) {
    int columns = tile.columns();
    for (int o = firstColumn; o < endColumn; o += columns) {
      int used = Math.min(columns, shape.o() - o);
      for (int p = 0; p < count; p++) {
        int at = to + (o - firstColumn) * count + p * columns;
        copy(dy.data(), from + p * shape.o() + o, used, work, at);
        Arrays.fill(work, at + used, at + columns, 0);
      }
    }
  }

  /** A few floats: whole vectors are faster than a call of the runtime's copy. */
  private static void copy(float[] from, int fromAt, int count, float[] to, int toAt) {
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector.fromArray(Lanes.SPECIES, from, fromAt + i).intoArray(to, toAt + i);
    }
    for (; i < count; i++) {
      to[toAt + i] = from[fromAt + i];
    }
  }

  /** Adds up the parts of one (kernel row, kernel column, input channel). */
  private void combineRow(int index, int worker) {
    float[] work = scratch.array();
    float[] out = dw.data();
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
