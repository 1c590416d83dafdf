package engram.backend.vector.conv;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Lanes;
import engram.backend.vector.run.Scratch;
import engram.backend.vector.run.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Gradient of a convolution with respect to its input when 2 x 2 maximum pooling follows, from the
 * pixels that have one: a quarter of the dense sum. The gradient of a window and channel is one
 * scalar, and the weights that it meets, row by row of the kernel, are contiguous in a
 * channels-last image: {@code dx[patch of the maximum] += dy * w[:, :, :, o]}.
 *
 * <p>Each image is one task, laid out with its halo in the worker's scratch. Every sum goes through
 * memory, so this is for few output channels under few input channels.
 */
final class ScatterInputGradient implements Kernel {
  private static final int L = Lanes.COUNT;
  private static final FloatVector ZERO = FloatVector.zero(SPECIES);

  private final ConvShape shape;
  private final HostBuffer dy;
  private final HostBuffer index;
  private final HostBuffer w;
  private final HostBuffer dx;
  private final Workers workers;
  private final Scratch scratch;
  private final int windowRows;
  private final int windowColumns;
  private final int length;
  private final int padded;
  private final int rows;
  private final int rowLength;
  private final VectorMask<Float> past;
  private final Workers.Task pack = (output, worker) -> pack(output);
  private final Workers.Task image = this::image;

  /** Binds a gradient; operands as {@link Conv2dInputGradient#pooled} has them. */
  ScatterInputGradient(
      ConvShape shape,
      HostBuffer dy,
      HostBuffer index,
      HostBuffer w,
      HostBuffer dx,
      Workers workers) {
    this.shape = shape;
    this.dy = dy;
    this.index = index;
    this.w = w.require("convolution weight", shape.weightLength());
    this.dx = dx.require("gradient of the convolution's input", shape.xLength());
    this.workers = workers;
    scratch = workers.scratch();
    windowRows = shape.outH() / 2;
    windowColumns = shape.outW() / 2;
    length = shape.kw() * shape.c();
    padded = Lanes.roundUp(length, L);
    int s = shape.stride();
    rows = Math.max(shape.h() + shape.padding(), (2 * windowRows - 1) * s + shape.kh());
    int width = Math.max(shape.w() + shape.padding(), (2 * windowColumns - 1) * s + shape.kw());
    rowLength = width * shape.c();
    past = SPECIES.indexInRange(padded - L, length).not();
    // The last vector of a row may reach into the next, and that of the last row past the image.
    scratch.reserve((long) shape.o() * shape.kh() * padded, (long) rows * rowLength + L);
  }

  @Override
  public void run() {
    workers.run(shape.o(), pack);
    workers.run(shape.n(), image);
  }

  /** Copies the weights of one output channel, a kernel row each in whole vectors. */
  private void pack(int output) {
    float[] packed = scratch.array();
    for (int ky = 0; ky < shape.kh(); ky++) {
      int to = scratch.shared() + (output * shape.kh() + ky) * padded;
      int from = w.offset() + ky * length * shape.o() + output;
      for (int k = 0; k < length; k++) {
        packed[to + k] = w.data()[from + k * shape.o()];
      }
      Arrays.fill(packed, to + length, to + padded, 0);
    }
  }

  private void image(int number, int worker) {
    float[] work = scratch.array();
    int at = scratch.of(worker);
    Arrays.fill(work, at, at + rows * rowLength + L, 0);
    int window = number * windowRows * windowColumns * shape.o();
    for (int row = 0; row < windowRows; row++) {
      for (int column = 0; column < windowColumns; column++) {
        window(work, at, row, column, window);
        window += shape.o();
      }
    }
    int p = shape.padding();
    int used = shape.w() * shape.c();
    for (int row = 0; row < shape.h(); row++) {
      int from = at + (row + p) * rowLength + p * shape.c();
      int to = dx.offset() + (number * shape.h() + row) * used;
      System.arraycopy(work, from, dx.data(), to, used);
    }
  }

  /** All channels of one window of the pooling. */
  private void window(float[] work, int at, int row, int column, int from) {
    int step = shape.stride() * shape.c();
    int down = shape.stride() * rowLength;
    int first = at + 2 * row * down + 2 * column * step;
    int weights = scratch.shared();
    for (int o = 0; o < shape.o(); o++) {
      int place = (int) index.data()[index.offset() + from + o];
      int to = first + (place >> 1) * down + (place & 1) * step;
      FloatVector gradient = FloatVector.broadcast(SPECIES, dy.data()[dy.offset() + from + o]);
      FloatVector last = gradient.blend(ZERO, past);
      for (int ky = 0; ky < shape.kh(); ky++) {
        int k = 0;
        for (; k < padded - L; k += L) {
          add(gradient, work, weights + k, to + k);
        }
        add(last, work, weights + k, to + k);
        weights += padded;
        to += rowLength;
      }
    }
  }

  private static void add(FloatVector gradient, float[] work, int weights, int to) {
    gradient
        .fma(
            FloatVector.fromArray(SPECIES, work, weights), FloatVector.fromArray(SPECIES, work, to))
        .intoArray(work, to);
  }
}
