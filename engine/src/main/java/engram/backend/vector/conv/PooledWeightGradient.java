package engram.backend.vector.conv;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Lanes;
import engram.backend.vector.run.Scratch;
import engram.backend.vector.run.Workers;
import engram.backend.vector.tile.PooledWeightGradientTile;
import engram.backend.vector.tile.Tiles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Gradient of a convolution with respect to its weights when 2 x 2 maximum pooling follows: only
 * one pixel of each window has a gradient, so only a quarter of the dense sum is visited. Where x
 * is NaN or infinite at the other pixels, the dense sum would turn that into NaN; this one does not
 * see them.
 *
 * <p>The gradient of a window and channel is one scalar; the patch of the maximum, row by row of
 * the kernel, is contiguous in a channels-last image: it is the vector. Images are cut into a fixed
 * number of parts whose sums are added in order.
 */
public final class PooledWeightGradient implements Kernel {
  /** Most parts into which the images are cut. */
  private static final int PARTS = 8;

  /** Floats of input, gradient and offsets of a band: they stay in the first-level cache. */
  private static final int BAND_FLOATS = 10 * 1024;

  /** Whole numbers below this are exact as floats: offsets in a band are computed so. */
  private static final int EXACT = 1 << 24;

  private final ConvShape shape;
  private final HostBuffer x;
  private final HostBuffer dy;
  private final HostBuffer index;
  private final HostBuffer dw;
  private final Workers workers;
  private final Scratch scratch;
  private final PooledWeightGradientTile tile;
  private final PaddedImage layout;
  private final int windowRows;
  private final int windowColumns;
  private final int length;
  private final int padded;
  private final int parts;
  private final int bandRows;
  private final int sumAt;
  private final int offsetsLength;
  private final int[] offsets;
  private final Workers.Task part = this::sumPart;
  private final Workers.Task combine = this::combineChannel;

  /**
   * Binds a gradient.
   *
   * @param x {@code [n, h, w, c]}
   * @param dy gradient of the pooled output before the bias, {@code [n, outH / 2, outW / 2, o]}
   * @param index argmax of each window, 0 to 3 row by row, in the shape of dy
   * @param dw {@code [kh, kw, c, o]}, overwritten
   */
  public PooledWeightGradient(
      ConvShape shape,
      HostBuffer x,
      HostBuffer dy,
      HostBuffer index,
      HostBuffer dw,
      Workers workers) {
    this.shape = shape;
    windowRows = shape.outH() / 2;
    windowColumns = shape.outW() / 2;
    long pooled = (long) shape.n() * windowRows * windowColumns * shape.o();
    this.x = x.require("convolution input", shape.xLength());
    this.dy = dy.require("gradient of the pooled output", pooled);
    this.index = index.require("pooling index", pooled);
    this.dw = dw.require("gradient of the convolution's weight", shape.weightLength());
    this.workers = workers;
    scratch = workers.scratch();
    length = shape.kw() * shape.c();
    tile = Tiles.pooledWeightGradient(shape.kh(), length);
    padded = Lanes.roundUp(length, tile.columns());
    int p = shape.padding();
    int width = (shape.outW() - 1) * shape.stride() + shape.kw();
    layout = new PaddedImage(shape.h(), shape.w(), shape.c(), p, p, width);
    parts = Math.min(shape.n(), PARTS);
    int rows = Math.max(1, windowRows);
    while (rows > 1 && bandFloats(rows) > BAND_FLOATS) {
      rows--;
    }
    bandRows = rows;
    offsetsLength = bandRows * windowColumns * shape.o() + Lanes.COUNT;
    offsets = new int[workers.size() * offsetsLength];
    // A tile may read past the last row by less than its width.
    sumAt = Lanes.roundUp(inputRows(bandRows) * layout.rowLength() + padded, Scratch.LINE);
    if (sumAt >= EXACT) {
      throw new IllegalArgumentException(
          "pooled weight gradient: two rows of the image need %d floats, must be below %d"
              .formatted(sumAt, EXACT));
    }
    scratch.reserve((long) parts * partLength(), sumAt + (long) padded);
  }

  private int bandFloats(int rows) {
    return inputRows(rows) * layout.rowLength() + 2 * rows * windowColumns * shape.o();
  }

  private int inputRows(int rows) {
    return (2 * rows - 1) * shape.stride() + shape.kh();
  }

  /** Floats of one part's sums: {@code [o, kh, padded kw * c]}. */
  private int partLength() {
    return shape.o() * shape.kh() * padded;
  }

  @Override
  public void run() {
    if (windowRows == 0 || windowColumns == 0) {
      Arrays.fill(dw.data(), dw.offset(), dw.offset() + shape.weightLength(), 0);
      return;
    }
    workers.run(parts, part);
    workers.run(shape.o(), combine);
  }

  private void sumPart(int number, int worker) {
    int first = Math.toIntExact((long) number * shape.n() / parts);
    int end = Math.toIntExact((number + 1L) * shape.n() / parts);
    for (int image = first; image < end; image++) {
      for (int row = 0; row < windowRows; row += bandRows) {
        int rows = Math.min(bandRows, windowRows - row);
        layout.fill(
            x.data(),
            x.offset() + image * shape.h() * shape.w() * shape.c(),
            2 * row * shape.stride(),
            inputRows(rows),
            scratch.array(),
            scratch.of(worker));
        int at = (image * windowRows + row) * windowColumns * shape.o();
        locate(index.offset() + at, rows, worker * offsetsLength);
        boolean accumulate = image > first || row > 0;
        sumBand(number, worker, at, rows * windowColumns, accumulate);
      }
    }
  }

  /** Turns the indices of a band into offsets of the patches in the padded input. */
  private void locate(int from, int rows, int to) {
    int channels = shape.o();
    int down = shape.stride() * layout.rowLength();
    int right = shape.stride() * shape.c();
    for (int window = 0; window < rows * windowColumns; window++) {
      int start = 2 * (window / windowColumns * down + window % windowColumns * right);
      int at = window * channels;
      int o = 0;
      for (; o <= channels - Lanes.COUNT; o += Lanes.COUNT) {
        // Small whole numbers: exact in floats.
        FloatVector argmax = FloatVector.fromArray(SPECIES, index.data(), from + at + o);
        VectorMask<Float> isBelow = argmax.compare(VectorOperators.GE, 2);
        FloatVector column = argmax.blend(argmax.sub(2), isBelow);
        column
            .mul(right)
            .add(FloatVector.zero(SPECIES).blend(down, isBelow))
            .add(start)
            .convert(VectorOperators.F2I, 0)
            .reinterpretAsInts()
            .intoArray(offsets, to + at + o);
      }
      for (; o < channels; o++) {
        int argmax = (int) index.data()[from + at + o];
        offsets[to + at + o] = start + (argmax >> 1) * down + (argmax & 1) * right;
      }
    }
  }

  private void sumBand(int number, int worker, int at, int windows, boolean accumulate) {
    float[] work = scratch.array();
    int xAt = scratch.of(worker);
    int to = scratch.shared() + number * partLength();
    for (int o = 0; o < shape.o(); o++) {
      for (int ky = 0; ky < shape.kh(); ky += tile.rows()) {
        for (int k = 0; k < length; k += tile.columns()) {
          tile.run(
              work,
              xAt + ky * layout.rowLength() + k,
              layout.rowLength(),
              offsets,
              worker * offsetsLength + o,
              dy.data(),
              dy.offset() + at + o,
              shape.o(),
              windows,
              work,
              to + (o * shape.kh() + ky) * padded + k,
              padded,
              accumulate);
        }
      }
    }
  }

  /** Adds up the parts of one output channel. */
  private void combineChannel(int o, int worker) {
    float[] work = scratch.array();
    int sum = scratch.of(worker) + sumAt;
    for (int ky = 0; ky < shape.kh(); ky++) {
      int from = scratch.shared() + (o * shape.kh() + ky) * padded;
      System.arraycopy(work, from, work, sum, length);
      for (int number = 1; number < parts; number++) {
        from += partLength();
        for (int k = 0; k < length; k++) {
          work[sum + k] += work[from + k];
        }
      }
      int to = dw.offset() + ky * length * shape.o() + o;
      for (int k = 0; k < length; k++) {
        dw.data()[to + k * shape.o()] = work[sum + k];
      }
    }
  }
}
