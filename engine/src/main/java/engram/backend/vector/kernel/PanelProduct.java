package engram.backend.vector.kernel;

import java.util.Arrays;
import java.util.Optional;

/**
 * Matrix product over packed panels. First both matrices are copied, transposed where the flags say
 * so, into panels that the register tile reads front to back: a as {@code [m / rows, k, rows]}, b
 * as {@code [n / columns, k, columns]}, padded with zeros. Then tasks compute blocks of c; the sum
 * is cut so that a panel of b stays in the first-level cache.
 */
final class PanelProduct implements Kernel {
  /** Terms summed at once: 256 x 32 floats of b fill two thirds of a 48 KiB cache. */
  private static final int DEPTH = 256;

  /** Rows of c in one task, at most: their part of a stays in the second-level cache. */
  private static final int BLOCK_ROWS = 256;

  private final MatMul.Shape shape;
  private final Span a;
  private final Span b;
  private final Optional<Span> bias;
  private final Span c;
  private final Workers workers;
  private final Scratch scratch;
  private final OuterTile tile;
  private final int aPanels;
  private final int bPanels;
  private final int aGroup;
  private final int bGroup;
  private final int aTasks;
  private final int bTasks;
  private final Workers.Task pack = this::pack;
  private final Workers.Task block = this::computeBlock;

  PanelProduct(MatMul.Shape shape, Span a, Span b, Optional<Span> bias, Span c, Workers workers) {
    this.shape = shape;
    this.a = a;
    this.b = b;
    this.bias = bias;
    this.c = c;
    this.workers = workers;
    scratch = workers.scratch();
    tile = Tiles.outer(shape.n());
    aPanels = Lanes.ceilDiv(shape.m(), tile.rows());
    bPanels = Lanes.ceilDiv(shape.n(), tile.columns());
    // How c is cut does not touch the bits, so it may follow the number of workers.
    int wanted = workers.size() == 1 ? 1 : 4 * workers.size();
    int blocks = Lanes.ceilDiv(aPanels, BLOCK_ROWS / tile.rows());
    int strips = Math.min(bPanels, Lanes.ceilDiv(wanted, blocks));
    bGroup = Lanes.ceilDiv(bPanels, strips);
    bTasks = Lanes.ceilDiv(bPanels, bGroup);
    blocks = Math.min(aPanels, Math.max(blocks, Lanes.ceilDiv(wanted, bTasks)));
    aGroup = Lanes.ceilDiv(aPanels, blocks);
    aTasks = Lanes.ceilDiv(aPanels, aGroup);
    scratch.reserve(
        (long) bAt() + (long) bPanels * shape.k() * tile.columns(),
        (long) tile.rows() * tile.columns());
  }

  /** Start of the packed b in the shared scratch: after the packed a. */
  private int bAt() {
    return Lanes.roundUp(aPanels * shape.k() * tile.rows(), Scratch.LINE);
  }

  @Override
  public void run() {
    workers.run(aPanels + bPanels, pack);
    workers.run(aTasks * bTasks, block);
  }

  private void pack(int index, int worker) {
    if (index < aPanels) {
      int rows = tile.rows();
      int to = scratch.shared() + index * shape.k() * rows;
      pack(a, shape.m(), index * rows, rows, shape.transposeA(), to);
    } else {
      int columns = tile.columns();
      int panel = index - aPanels;
      int to = scratch.shared() + bAt() + panel * shape.k() * columns;
      pack(b, shape.n(), panel * columns, columns, !shape.transposeB(), to);
    }
  }

  /**
   * Packs {@code width} of the {@code count} rows or columns of a matrix as {@code [k, width]}.
   *
   * @param alongRows the matrix is stored {@code [k, count]}, else {@code [count, k]}
   */
  private void pack(Span from, int count, int first, int width, boolean alongRows, int to) {
    float[] source = from.array();
    float[] packed = scratch.array();
    int used = Math.min(width, count - first);
    if (alongRows) {
      for (int k = 0; k < shape.k(); k++) {
        int at = to + k * width;
        System.arraycopy(source, from.offset() + k * count + first, packed, at, used);
        Arrays.fill(packed, at + used, at + width, 0);
      }
    } else {
      for (int i = 0; i < used; i++) {
        int row = from.offset() + (first + i) * shape.k();
        for (int k = 0; k < shape.k(); k++) {
          packed[to + k * width + i] = source[row + k];
        }
      }
      for (int i = used; i < width; i++) {
        for (int k = 0; k < shape.k(); k++) {
          packed[to + k * width + i] = 0;
        }
      }
    }
  }

  private void computeBlock(int index, int worker) {
    int firstA = index % aTasks * aGroup;
    int endA = Math.min(aPanels, firstA + aGroup);
    int firstB = index / aTasks * bGroup;
    int endB = Math.min(bPanels, firstB + bGroup);
    if (bias.isPresent()) {
      startWithBias(bias.get(), firstA, endA, firstB, endB);
    }
    for (int k = 0; k < shape.k(); k += DEPTH) {
      int depth = Math.min(DEPTH, shape.k() - k);
      boolean accumulate = k > 0 || bias.isPresent();
      for (int panelB = firstB; panelB < endB; panelB++) {
        for (int panelA = firstA; panelA < endA; panelA++) {
          computeTile(panelA, panelB, k, depth, accumulate, worker);
        }
      }
    }
  }

  private void startWithBias(Span from, int firstA, int endA, int firstB, int endB) {
    int first = firstB * tile.columns();
    int count = Math.min(shape.n(), endB * tile.columns()) - first;
    int end = Math.min(shape.m(), endA * tile.rows());
    for (int row = firstA * tile.rows(); row < end; row++) {
      int to = c.offset() + row * shape.n() + first;
      System.arraycopy(from.array(), from.offset() + first, c.array(), to, count);
    }
  }

  private void computeTile(
      int panelA, int panelB, int k, int depth, boolean accumulate, int worker) {
    float[] packed = scratch.array();
    int rows = tile.rows();
    int columns = tile.columns();
    int aAt = scratch.shared() + (panelA * shape.k() + k) * rows;
    int at = scratch.shared() + bAt() + (panelB * shape.k() + k) * columns;
    int row = panelA * rows;
    int column = panelB * columns;
    int to = c.offset() + row * shape.n() + column;
    if (row + rows <= shape.m() && column + columns <= shape.n()) {
      tile.run(
          packed,
          aAt,
          rows,
          0,
          packed,
          at,
          columns,
          0,
          1,
          depth,
          c.array(),
          to,
          shape.n(),
          accumulate);
      return;
    }
    // A tile at the edge goes through scratch memory.
    int edge = scratch.of(worker);
    int usedRows = Math.min(rows, shape.m() - row);
    int usedColumns = Math.min(columns, shape.n() - column);
    if (accumulate) {
      for (int r = 0; r < usedRows; r++) {
        System.arraycopy(c.array(), to + r * shape.n(), packed, edge + r * columns, usedColumns);
      }
    }
    tile.run(
        packed, aAt, rows, 0, packed, at, columns, 0, 1, depth, packed, edge, columns, accumulate);
    for (int r = 0; r < usedRows; r++) {
      System.arraycopy(packed, edge + r * columns, c.array(), to + r * shape.n(), usedColumns);
    }
  }
}
