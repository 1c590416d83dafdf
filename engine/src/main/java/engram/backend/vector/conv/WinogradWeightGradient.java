package engram.backend.vector.conv;

import static engram.backend.vector.run.Lanes.SPECIES;

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
 * Gradient of a 3 x 3 convolution with respect to its weights in the transformed grid of {@link
 * WinogradSum}, whose gradient it is.
 *
 * <pre>
 *   dg = G' [ sum over tiles of (B' d B) * (A dY A') ] G      d: 4 x 4 inputs, dY: 2 x 2 gradients
 * </pre>
 *
 * <p>The sums are 16 matrix products, {@code [c, tiles] [tiles, o]}. One row of the grid at a time
 * is transformed for the tiles of a few images, so that all stays in the second-level cache. Images
 * are cut into a fixed number of parts whose sums are added in order, so that the bits do not
 * depend on how many workers share the parts.
 */
final class WinogradWeightGradient implements Kernel {
  /** Tiles that are summed at once, if an image does not have more. */
  static final int BAND_TILES = 64;

  private static final int SIDE = 4;
  private static final int L = Lanes.COUNT;

  private final ConvShape shape;
  private final HostBuffer x;
  private final HostBuffer dy;
  private final HostBuffer dw;
  private final Workers workers;
  private final Scratch scratch;
  private final WeightGradientTile tile;
  private final PaddedImage layout;
  private final int tileColumns;
  private final int bandRows;
  private final int bandImages;
  private final int inputLength;
  private final int inputPlane;
  private final int gradientPlane;
  private final int inputsAt;
  private final int gradientsAt;
  private final int rowsPadded;
  private final int channels;
  private final int parts;
  private final int rowGroups;
  private final int panelGroups;
  private final int[] offsets;
  private final Workers.Task part = this::sumPart;
  private final Workers.Task combine = this::combineChannel;

  /**
   * Binds a gradient of a shape that {@link WinogradSum#fits} with whole vectors of outputs.
   *
   * @param x {@code [n, h, w, c]}
   * @param dy {@code [n, outH, outW, o]}
   * @param dw {@code [3, 3, c, o]}, overwritten
   */
  WinogradWeightGradient(
      ConvShape shape, HostBuffer x, HostBuffer dy, HostBuffer dw, Workers workers) {
    this.shape = shape;
    this.x = x.require("convolution input", shape.xLength());
    this.dy = dy.require("gradient of the convolution's output", shape.yLength());
    this.dw = dw.require("gradient of the convolution's weight", shape.weightLength());
    this.workers = workers;
    scratch = workers.scratch();
    tile = Tiles.weightGradient(shape.c(), shape.o());
    rowsPadded = Lanes.roundUp(shape.c(), tile.rows());
    channels = Lanes.roundUp(shape.o(), tile.columns());
    parts = Conv2dWeightGradient.parts(shape, partLength());
    // How the sums of a part are shared does not touch the bits.
    int wanted = Lanes.ceilDiv(2 * workers.size(), parts);
    rowGroups = wanted > 1 ? SIDE : 1;
    panelGroups = Math.clamp(Lanes.ceilDiv(wanted, rowGroups), 1, channels / tile.columns());
    int p = shape.padding();
    layout = new PaddedImage(shape.h(), shape.w(), shape.c(), p, p, shape.outW() + 2);
    int tileRows = shape.outH() / 2;
    tileColumns = shape.outW() / 2;
    bandRows = Math.clamp(BAND_TILES / tileColumns, 1, tileRows);
    bandImages =
        Math.clamp(BAND_TILES / (tileRows * tileColumns), 1, Lanes.ceilDiv(shape.n(), parts));
    int tiles = bandImages * bandRows * tileColumns;
    offsets = new int[tiles];
    Arrays.setAll(offsets, i -> i * shape.c());
    inputLength = (2 * bandRows + 2) * layout.rowLength();
    inputPlane = Scratch.oddLines(tiles * shape.c());
    gradientPlane = Scratch.oddLines(tiles * channels);
    inputsAt = Scratch.oddLines(bandImages * inputLength);
    // A register tile may read past the last input by less than its height: into the gradients.
    gradientsAt = inputsAt + SIDE * inputPlane;
    scratch.reserve((long) parts * partLength(), gradientsAt + (long) SIDE * gradientPlane);
  }

  /** Floats of one part's sums: {@code [4, 4, padded c, padded o]}. */
  private int partLength() {
    return SIDE * SIDE * rowsPadded * channels;
  }

  @Override
  public void run() {
    workers.run(parts * rowGroups * panelGroups, part);
    workers.run(shape.c(), combine);
  }

  /** Sums one part of the images, for the whole grid or one row of it, and some channels. */
  private void sumPart(int index, int worker) {
    int number = index / (rowGroups * panelGroups);
    int rowGroup = index / panelGroups % rowGroups;
    int firstGridRow = rowGroups == 1 ? 0 : rowGroup;
    int endGridRow = rowGroups == 1 ? SIDE : firstGridRow + 1;
    int panels = channels / tile.columns();
    int panelGroup = index % panelGroups;
    int firstColumn = panelGroup * panels / panelGroups * tile.columns();
    int endColumn = (panelGroup + 1) * panels / panelGroups * tile.columns();
    int first = Math.toIntExact((long) number * shape.n() / parts);
    int end = Math.toIntExact((number + 1L) * shape.n() / parts);
    boolean accumulate = false;
    for (int image = first; image < end; image += bandImages) {
      int images = Math.min(bandImages, end - image);
      for (int row = 0; row < shape.outH() / 2; row += bandRows) {
        int rows = Math.min(bandRows, shape.outH() / 2 - row);
        fillInput(image, images, row, rows, worker);
        for (int gridRow = firstGridRow; gridRow < endGridRow; gridRow++) {
          transformInputs(images, rows, gridRow, worker);
          transformGradients(image, images, row, rows, gridRow, firstColumn, endColumn, worker);
          multiply(
              number,
              gridRow,
              images * rows * tileColumns,
              firstColumn,
              endColumn,
              worker,
              accumulate);
        }
        accumulate = true;
      }
    }
  }

  private void fillInput(int image, int images, int row, int rows, int worker) {
    for (int i = 0; i < images; i++) {
      layout.fill(
          x.data(),
          x.offset() + (image + i) * shape.h() * shape.w() * shape.c(),
          2 * row,
          2 * rows + 2,
          scratch.array(),
          scratch.of(worker) + i * inputLength);
    }
  }

  /** One row of B' d B of every tile, into {@code [4, tiles, c]}. */
  private void transformInputs(int images, int rows, int gridRow, int worker) {
    float[] work = scratch.array();
    int down = layout.rowLength();
    int a = gridRow == 0 ? 0 : gridRow == 2 ? 2 : 1;
    int b = gridRow == 2 ? 1 : gridRow == 3 ? 3 : 2;
    int sign = gridRow == 1 ? 1 : -1;
    int to = scratch.of(worker) + inputsAt;
    for (int i = 0; i < images; i++) {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < tileColumns; column++) {
          int from = scratch.of(worker) + i * inputLength + 2 * row * down + 2 * column * shape.c();
          for (int c = 0; c < shape.c(); c += L) {
            WinogradSum.transformRow(
                work,
                from + a * down + c,
                from + b * down + c,
                sign,
                shape.c(),
                to + c,
                inputPlane);
          }
          to += shape.c();
        }
      }
    }
  }

  /** One row of A dY A' of every tile, into {@code [4, panels, tiles, columns]}. */
  private void transformGradients(
      int image,
      int images,
      int row,
      int rows,
      int gridRow,
      int firstColumn,
      int endColumn,
      int worker) {
    int count = images * rows * tileColumns;
    int to = scratch.of(worker) + gradientsAt;
    int o = shape.o();
    for (int t = 0; t < count; t++) {
      int pixelRow = 2 * (row + t / tileColumns % rows);
      int pixel =
          ((image + t / tileColumns / rows) * shape.outH() + pixelRow) * shape.outW()
              + t % tileColumns * 2;
      transformGradient(
          dy.offset() + pixel * o, gridRow, firstColumn, endColumn, to + t * tile.columns(), count);
    }
  }

  private void transformGradient(
      int from, int gridRow, int firstColumn, int endColumn, int to, int count) {
    float[] work = scratch.array();
    int columns = tile.columns();
    int o = shape.o();
    for (int at = firstColumn; at < endColumn; at += L) {
      FloatVector left = FloatVector.zero(SPECIES);
      FloatVector right = left;
      if (at < o) {
        left = gradientRow(from + at, gridRow);
        right = gradientRow(from + o + at, gridRow);
      }
      int first = to + at / columns * count * columns + at % columns;
      left.intoArray(work, first);
      left.add(right).intoArray(work, first + gradientPlane);
      left.sub(right).intoArray(work, first + 2 * gradientPlane);
      right.neg().intoArray(work, first + 3 * gradientPlane);
    }
  }

  /** One row of A dY, in one column. */
  private FloatVector gradientRow(int above, int gridRow) {
    int below = above + shape.outW() * shape.o();
    return switch (gridRow) {
      case 0 -> FloatVector.fromArray(SPECIES, dy.data(), above);
      case 1 -> gradient(above).add(gradient(below));
      case 2 -> gradient(above).sub(gradient(below));
      default -> gradient(below).neg();
    };
  }

  private FloatVector gradient(int at) {
    return FloatVector.fromArray(SPECIES, dy.data(), at);
  }

  private void multiply(
      int number,
      int gridRow,
      int count,
      int firstColumn,
      int endColumn,
      int worker,
      boolean accumulate) {
    float[] work = scratch.array();
    int inputs = scratch.of(worker) + inputsAt;
    int gradients = scratch.of(worker) + gradientsAt;
    int sums = scratch.shared() + number * partLength();
    for (int column = 0; column < SIDE; column++) {
      int to = sums + (gridRow * SIDE + column) * rowsPadded * channels;
      for (int o = firstColumn; o < endColumn; o += tile.columns()) {
        for (int c = 0; c < shape.c(); c += tile.rows()) {
          tile.run(
              work,
              inputs + column * inputPlane + c,
              offsets,
              count,
              work,
              gradients + column * gradientPlane + o * count,
              work,
              to + c * channels + o,
              channels,
              accumulate);
        }
      }
    }
  }

  /** Adds up the parts of one input channel, and transforms them back: G' m G. */
  private void combineChannel(int c, int worker) {
    float[] work = scratch.array();
    int step = rowsPadded * channels;
    int sums = scratch.shared() + c * channels;
    for (int number = 1; number < parts; number++) {
      int from = sums + number * partLength();
      for (int position = 0; position < SIDE * SIDE; position++) {
        for (int o = 0; o < channels; o += L) {
          int at = position * step + o;
          FloatVector.fromArray(SPECIES, work, sums + at)
              .add(FloatVector.fromArray(SPECIES, work, from + at))
              .intoArray(work, sums + at);
        }
      }
    }
    for (int o = 0; o < shape.o(); o += L) {
      for (int row = 0; row < 3; row++) {
        FloatVector m0 = sumRow(work, sums + o, step, row);
        FloatVector m1 = sumRow(work, sums + step + o, step, row);
        FloatVector m2 = sumRow(work, sums + 2 * step + o, step, row);
        FloatVector m3 = sumRow(work, sums + 3 * step + o, step, row);
        FloatVector middle = m1.add(m2).mul(0.5f);
        int to = dw.offset() + (3 * row * shape.c() + c) * shape.o() + o;
        int right = shape.c() * shape.o();
        m0.add(middle).intoArray(dw.data(), to);
        m1.sub(m2).mul(0.5f).intoArray(dw.data(), to + right);
        middle.add(m3).intoArray(dw.data(), to + 2 * right);
      }
    }
  }

  /** One row of G' m, in one column. */
  private static FloatVector sumRow(float[] work, int at, int step, int row) {
    FloatVector m1 = FloatVector.fromArray(SPECIES, work, at + 4 * step);
    FloatVector m2 = FloatVector.fromArray(SPECIES, work, at + 8 * step);
    return switch (row) {
      case 0 -> m1.add(m2).mul(0.5f).add(FloatVector.fromArray(SPECIES, work, at));
      case 1 -> m1.sub(m2).mul(0.5f);
      default -> m1.add(m2).mul(0.5f).add(FloatVector.fromArray(SPECIES, work, at + 12 * step));
    };
  }
}
