package engram.backend.vector.matmul;

import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Lanes;
import engram.backend.vector.run.Scratch;
import engram.backend.vector.tile.PatchTile;
import engram.backend.vector.tile.Tiles;
import engram.backend.vector.tile.Transposition;

/**
 * A left matrix whose rows are patches: read where it lies, or, if it is transposed or its rows
 * would fall on each other in the cache, copied first.
 */
final class LeftRows implements LeftTile {
  /** Rows this many floats apart share a set of a first-level cache. */
  private static final int CACHE_PERIOD = 1024;

  /** Rows that one task copies. */
  private static final int COPIED = 16;

  private final MatrixProduct.Shape shape;
  private final HostBuffer a;
  private final Scratch scratch;
  private final PatchTile tile;
  private final boolean copies;
  private final int step;
  private final int[] rowOffsets;

  LeftRows(MatrixProduct.Shape shape, HostBuffer a, Scratch scratch) {
    this.shape = shape;
    this.a = a;
    this.scratch = scratch;
    tile = Tiles.patch(shape.n(), shape.k());
    copies = copies(shape);
    step = copies ? Lanes.roundUp(shape.k(), Scratch.LINE) + Scratch.LINE : shape.k();
    rowOffsets = new int[Lanes.roundUp(shape.m(), tile.pixels())];
    for (int i = 0; i < rowOffsets.length; i++) {
      rowOffsets[i] = Math.min(i, shape.m() - 1) * step;
    }
  }

  /** Whether the matrix is copied. */
  static boolean copies(MatrixProduct.Shape shape) {
    return shape.transposeA() || shape.k() % CACHE_PERIOD == 0;
  }

  @Override
  public int rows() {
    return tile.pixels();
  }

  @Override
  public int columns() {
    return tile.channels();
  }

  @Override
  public int copyFloats() {
    return copies ? Math.multiplyExact(shape.m(), step) : 0;
  }

  @Override
  public int copyTasks() {
    return copies ? Lanes.ceilDiv(shape.m(), COPIED) : 0;
  }

  @Override
  public void copy(int task, int at) {
    int first = task * COPIED;
    int rows = Math.min(COPIED, shape.m() - first);
    int to = at + first * step;
    int m = shape.m();
    int k = shape.k();
    if (shape.transposeA()) {
      Transposition.copy(a.data(), a.offset() + first, m, k, rows, scratch.array(), to, step);
      return;
    }
    for (int row = 0; row < rows; row++) {
      int from = a.offset() + (first + row) * k;
      System.arraycopy(a.data(), from, scratch.array(), to + row * step, k);
    }
  }

  @Override
  public int first(int row) {
    return row;
  }

  @Override
  public void sum(int row, int copyAt, float[] panels, int panelAt, float[] y, int yAt, int yStep) {
    tile.run(
        copies ? scratch.array() : a.data(),
        copies ? copyAt : a.offset(),
        rowOffsets,
        row,
        0,
        1,
        shape.k(),
        panels,
        panelAt,
        y,
        yAt,
        yStep);
  }
}
