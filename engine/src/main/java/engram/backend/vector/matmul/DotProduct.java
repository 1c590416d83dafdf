package engram.backend.vector.matmul;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Lanes;
import engram.backend.vector.run.Scratch;
import engram.backend.vector.run.Workers;
import engram.backend.vector.tile.DotProductTile;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * Matrix product {@code c = a b^T} of two matrices stored row by row, by dot products of rows: for
 * few rows and long sums, as in the forward pass of a linear layer. Nothing is packed; vectors run
 * along the sum, and the lanes are added at its end, in a fixed order.
 */
final class DotProduct implements Kernel {
  private static final int L = Lanes.COUNT;

  private static final VectorShuffle<Float> BY_8 = by(8);
  private static final VectorShuffle<Float> BY_4 = by(4);
  private static final VectorShuffle<Float> BY_2 = by(2);
  private static final VectorShuffle<Float> BY_1 = by(1);

  private static final int SIDE = DotProductTile.SIDE;

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

  /** The rows of a of one tile with a group of rows of b. */
  private void computeStrip(int index, int worker) {
    int row = index / bTasks * SIDE;
    int first = index % bTasks * bGroup;
    int end = Math.min(bTiles, first + bGroup);
    int sums = scratch.of(worker);
    int whole = shape.k() - shape.k() % L;
    for (int k = 0; k < whole; k += DEPTH) {
      for (int t = first; t < end; t++) {
        int at = sums + (t - first) * SIDE * SIDE * L;
        int to = Math.min(k + DEPTH, whole);
        DotProductTile.run(
            a.data(),
            a.offset(),
            row,
            shape.m(),
            b.data(),
            b.offset(),
            t * SIDE,
            shape.n(),
            shape.k(),
            k,
            to,
            scratch.array(),
            at);
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
    float sum = whole > 0 ? sumOfLanes(FloatVector.fromArray(SPECIES, sums, at)) : 0;
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

  /** The lower half plus the upper half, until one lane is left. */
  private static float sumOfLanes(FloatVector v) {
    FloatVector sum = v;
    if (L > 8) {
      sum = sum.add(sum.rearrange(BY_8));
    }
    if (L > 4) {
      sum = sum.add(sum.rearrange(BY_4));
    }
    sum = sum.add(sum.rearrange(BY_2));
    return sum.add(sum.rearrange(BY_1)).lane(0);
  }

  private static VectorShuffle<Float> by(int lanes) {
    return VectorShuffle.fromOp(SPECIES, i -> (i + lanes) % L);
  }
}
