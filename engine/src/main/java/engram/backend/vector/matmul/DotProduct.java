package engram.backend.vector.matmul;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Lanes;
import engram.backend.vector.run.Scratch;
import engram.backend.vector.run.Workers;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;

/**
 * Matrix product {@code c = a b^T} of two matrices stored row by row, by dot products of rows: for
 * few rows and long sums, as in the forward pass of a linear layer. Nothing is packed; vectors run
 * along the sum, and the lanes are added at its end, in a fixed order.
 */
final class DotProduct implements Kernel {
  private static final int L = Lanes.COUNT;

  /** Rows of a, and rows of b, in one register tile. */
  private static final int SIDE = 4;

  /** Terms summed at once, so that the rows of a stay in the first-level cache. */
  private static final int DEPTH = 1024;

  private final MatrixProduct.Shape shape;
  private final HostBuffer a;
  private final HostBuffer b;
  private final Optional<HostBuffer> bias;
  private final HostBuffer c;
  private final Workers workers;
  private final Scratch scratch;
  private final int aTiles;
  private final int bTiles;
  private final int bGroup;
  private final int bTasks;
  private final Workers.Task strip = this::computeStrip;

  DotProduct(
      MatrixProduct.Shape shape,
      HostBuffer a,
      HostBuffer b,
      Optional<HostBuffer> bias,
      HostBuffer c,
      Workers workers) {
    this.shape = shape;
    this.a = a;
    this.b = b;
    this.bias = bias;
    this.c = c;
    this.workers = workers;
    scratch = workers.scratch();
    aTiles = Lanes.ceilDiv(shape.m(), SIDE);
    bTiles = Lanes.ceilDiv(shape.n(), SIDE);
    int strips = Math.min(bTiles, Lanes.ceilDiv(4 * workers.size(), aTiles));
    bGroup = Lanes.ceilDiv(bTiles, strips);
    bTasks = Lanes.ceilDiv(bTiles, bGroup);
    scratch.reserve(0, (long) bGroup * SIDE * SIDE * L);
  }

  @Override
  public void run() {
    workers.run(aTiles * bTasks, strip);
  }

  /** Four rows of a with a group of rows of b. */
  private void computeStrip(int index, int worker) {
    int row = index / bTasks * SIDE;
    int first = index % bTasks * bGroup;
    int end = Math.min(bTiles, first + bGroup);
    int sums = scratch.of(worker);
    int whole = shape.k() - shape.k() % L;
    for (int k = 0; k < whole; k += DEPTH) {
      for (int t = first; t < end; t++) {
        int at = sums + (t - first) * SIDE * SIDE * L;
        tile(row, t * SIDE, k, Math.min(k + DEPTH, whole), scratch.array(), at);
      }
    }
    for (int t = first; t < end; t++) {
      int at = sums + (t - first) * SIDE * SIDE * L;
      for (int i = 0; i < Math.min(SIDE, shape.m() - row); i++) {
        for (int j = 0; j < Math.min(SIDE, shape.n() - t * SIDE); j++) {
          finish(row + i, t * SIDE + j, whole, scratch.array(), at + (i * SIDE + j) * L);
        }
      }
    }
  }

  /** Adds lanes pairwise, then the terms that fill no vector, then the bias. */
  private void finish(int row, int column, int whole, float[] sums, int at) {
    for (int half = L / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        sums[at + i] += sums[at + half + i];
      }
    }
    float sum = whole > 0 ? sums[at] : 0;
    int aAt = a.offset() + row * shape.k();
    int bAt = b.offset() + column * shape.k();
    for (int k = whole; k < shape.k(); k++) {
      sum = Math.fma(a.data()[aAt + k], b.data()[bAt + k], sum);
    }
    if (bias.isPresent()) {
      sum += bias.get().data()[bias.get().offset() + column];
    }
    c.data()[c.offset() + row * shape.n() + column] = sum;
  }

  /** Start of a row; past the end the last one stands in, and its sums are dropped. */
  private static int rowAt(HostBuffer matrix, int row, int count, int length) {
    return matrix.offset() + Math.min(row, count - 1) * length;
  }

  private void tile(int row, int column, int from, int to, float[] sums, int at) {
    float[] x = a.data();
    float[] y = b.data();
    int k = shape.k();
    int x0 = rowAt(a, row, shape.m(), k);
    int x1 = rowAt(a, row + 1, shape.m(), k);
    int x2 = rowAt(a, row + 2, shape.m(), k);
    int x3 = rowAt(a, row + 3, shape.m(), k);
    int y0 = rowAt(b, column, shape.n(), k);
    int y1 = rowAt(b, column + 1, shape.n(), k);
    int y2 = rowAt(b, column + 2, shape.n(), k);
    int y3 = rowAt(b, column + 3, shape.n(), k);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector a0a = zero;
    FloatVector a0b = zero;
    FloatVector a0c = zero;
    FloatVector a0d = zero;
    FloatVector a1a = zero;
    FloatVector a1b = zero;
    FloatVector a1c = zero;
    FloatVector a1d = zero;
    FloatVector a2a = zero;
    FloatVector a2b = zero;
    FloatVector a2c = zero;
    FloatVector a2d = zero;
    FloatVector a3a = zero;
    FloatVector a3b = zero;
    FloatVector a3c = zero;
    FloatVector a3d = zero;
    if (from > 0) {
      a0a = FloatVector.fromArray(SPECIES, sums, at);
      a0b = FloatVector.fromArray(SPECIES, sums, at + L);
      a0c = FloatVector.fromArray(SPECIES, sums, at + 2 * L);
      a0d = FloatVector.fromArray(SPECIES, sums, at + 3 * L);
      a1a = FloatVector.fromArray(SPECIES, sums, at + 4 * L);
      a1b = FloatVector.fromArray(SPECIES, sums, at + 5 * L);
      a1c = FloatVector.fromArray(SPECIES, sums, at + 6 * L);
      a1d = FloatVector.fromArray(SPECIES, sums, at + 7 * L);
      a2a = FloatVector.fromArray(SPECIES, sums, at + 8 * L);
      a2b = FloatVector.fromArray(SPECIES, sums, at + 9 * L);
      a2c = FloatVector.fromArray(SPECIES, sums, at + 10 * L);
      a2d = FloatVector.fromArray(SPECIES, sums, at + 11 * L);
      a3a = FloatVector.fromArray(SPECIES, sums, at + 12 * L);
      a3b = FloatVector.fromArray(SPECIES, sums, at + 13 * L);
      a3c = FloatVector.fromArray(SPECIES, sums, at + 14 * L);
      a3d = FloatVector.fromArray(SPECIES, sums, at + 15 * L);
    }
    for (int i = from; i < to; i += L) {
      FloatVector ya = FloatVector.fromArray(SPECIES, y, y0 + i);
      FloatVector yb = FloatVector.fromArray(SPECIES, y, y1 + i);
      FloatVector yc = FloatVector.fromArray(SPECIES, y, y2 + i);
      FloatVector yd = FloatVector.fromArray(SPECIES, y, y3 + i);
      FloatVector v0 = FloatVector.fromArray(SPECIES, x, x0 + i);
      a0a = v0.fma(ya, a0a);
      a0b = v0.fma(yb, a0b);
      a0c = v0.fma(yc, a0c);
      a0d = v0.fma(yd, a0d);
      FloatVector v1 = FloatVector.fromArray(SPECIES, x, x1 + i);
      a1a = v1.fma(ya, a1a);
      a1b = v1.fma(yb, a1b);
      a1c = v1.fma(yc, a1c);
      a1d = v1.fma(yd, a1d);
      FloatVector v2 = FloatVector.fromArray(SPECIES, x, x2 + i);
      a2a = v2.fma(ya, a2a);
      a2b = v2.fma(yb, a2b);
      a2c = v2.fma(yc, a2c);
      a2d = v2.fma(yd, a2d);
      FloatVector v3 = FloatVector.fromArray(SPECIES, x, x3 + i);
      a3a = v3.fma(ya, a3a);
      a3b = v3.fma(yb, a3b);
      a3c = v3.fma(yc, a3c);
      a3d = v3.fma(yd, a3d);
    }
    a0a.intoArray(sums, at);
    a0b.intoArray(sums, at + L);
    a0c.intoArray(sums, at + 2 * L);
    a0d.intoArray(sums, at + 3 * L);
    a1a.intoArray(sums, at + 4 * L);
    a1b.intoArray(sums, at + 5 * L);
    a1c.intoArray(sums, at + 6 * L);
    a1d.intoArray(sums, at + 7 * L);
    a2a.intoArray(sums, at + 8 * L);
    a2b.intoArray(sums, at + 9 * L);
    a2c.intoArray(sums, at + 10 * L);
    a2d.intoArray(sums, at + 11 * L);
    a3a.intoArray(sums, at + 12 * L);
    a3b.intoArray(sums, at + 13 * L);
    a3c.intoArray(sums, at + 14 * L);
    a3d.intoArray(sums, at + 15 * L);
  }
}
