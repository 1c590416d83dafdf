package engram.backend.vector.matmul;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Lanes;
import engram.backend.vector.run.Scratch;
import engram.backend.vector.run.Transposition;
import engram.backend.vector.run.Workers;
import engram.backend.vector.tile.PatchTile;
import engram.backend.vector.tile.Tiles;
import java.util.Arrays;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;

/**
 * Matrix product as a patch sum: a row of a is a patch, b is the weights. First b is copied into
 * panels {@code [n / columns, k, columns]}, padded with zeros, transposed if the flag says so; a is
 * read where it lies, unless it is transposed or its rows would fall on each other in the cache.
 * Then tasks compute blocks of c. Each sum runs from its first term to its last in one register.
 */
final class PanelProduct implements Kernel {
  /** Floats of a for one task, at most: they stay in the second-level cache. */
  private static final int BLOCK_FLOATS = 192 * 1024;

  /** Multiply-adds that take one worker less time than it takes to call the others. */
  private static final long ALONE = 400_000;

  /** Rows this many floats apart share a set of a first-level cache. */
  private static final int CACHE_PERIOD = 1024;

  private final MatrixProduct.Shape shape;
  private final HostBuffer a;
  private final HostBuffer b;
  private final Optional<HostBuffer> bias;
  private final HostBuffer c;
  private final Workers workers;
  private final Scratch scratch;
  private final PatchTile tile;
  private final int[] rowOffsets;
  private final boolean copiesA;
  private final boolean alone;
  private final int rowStep;
  private final int panels;
  private final int rowBlock;
  private final int panelGroup;
  private final int rowTasks;
  private final int panelTasks;
  private final Workers.Task pack = this::pack;
  private final Workers.Task block = this::computeBlock;

  PanelProduct(
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
    tile = Tiles.patch(shape.n(), shape.k());
    copiesA = shape.transposeA() || shape.k() % CACHE_PERIOD == 0;
    rowStep = copiesA ? Lanes.roundUp(shape.k(), Scratch.LINE) + Scratch.LINE : shape.k();
    panels = Lanes.ceilDiv(shape.n(), tile.channels());
    int tiles = Lanes.ceilDiv(shape.m(), tile.pixels());
    rowOffsets = new int[tiles * tile.pixels()];
    for (int i = 0; i < rowOffsets.length; i++) {
      rowOffsets[i] = Math.min(i, shape.m() - 1) * rowStep;
    }
    // How c is cut does not touch the bits, so it may follow the number of workers.
    alone = workers.size() == 1 || (long) shape.m() * shape.n() * shape.k() < ALONE;
    int wanted = alone ? 1 : 8 * workers.size();
    int blocks = Lanes.ceilDiv(tiles, Math.max(1, BLOCK_FLOATS / (shape.k() * tile.pixels())));
    panelGroup = Lanes.ceilDiv(panels, Math.min(panels, Lanes.ceilDiv(wanted, blocks)));
    panelTasks = Lanes.ceilDiv(panels, panelGroup);
    blocks = Math.min(tiles, Math.max(blocks, Lanes.ceilDiv(wanted, panelTasks)));
    rowBlock = Lanes.ceilDiv(tiles, blocks) * tile.pixels();
    rowTasks = Lanes.ceilDiv(shape.m(), rowBlock);
    scratch.reserve(
        panelLength() * (long) panels + (copiesA ? (long) shape.m() * rowStep : 0),
        (long) tile.pixels() * tile.channels());
  }

  private int panelLength() {
    return shape.k() * tile.channels();
  }

  /** Start of the copy of a in the shared scratch: after the panels of b. */
  private int copyAt() {
    return scratch.shared() + panels * panelLength();
  }

  @Override
  public void run() {
    run(panels + (copiesA ? shape.m() : 0), pack);
    run(rowTasks * panelTasks, block);
  }

  private void run(int tasks, Workers.Task task) {
    if (alone) {
      for (int i = 0; i < tasks; i++) {
        task.run(i, 0);
      }
    } else {
      workers.run(tasks, task);
    }
  }

  private void pack(int index, int worker) {
    if (index >= panels) {
      copyRow(index - panels);
    } else {
      int first = index * tile.channels();
      int to = scratch.shared() + index * panelLength();
      int used = Math.min(tile.channels(), shape.n() - first);
      if (shape.transposeB()) {
        packColumns(first, used, to);
      } else if (used == tile.channels()) {
        packRows(first, to);
      } else {
        packLastRows(first, used, to);
      }
    }
  }

  private void copyRow(int row) {
    float[] source = a.data();
    float[] copy = scratch.array();
    int to = copyAt() + row * rowStep;
    if (shape.transposeA()) {
      int from = a.offset() + row;
      for (int k = 0; k < shape.k(); k++) {
        copy[to + k] = source[from + k * shape.m()];
      }
    } else {
      System.arraycopy(source, a.offset() + row * shape.k(), copy, to, shape.k());
    }
  }

  private void packRows(int first, int to) {
    float[] source = b.data();
    float[] packed = scratch.array();
    int columns = tile.channels();
    for (int k = 0; k < shape.k(); k++) {
      int from = b.offset() + k * shape.n() + first;
      for (int j = 0; j < columns; j += Lanes.COUNT) {
        FloatVector.fromArray(SPECIES, source, from + j).intoArray(packed, to + k * columns + j);
      }
    }
  }

  private void packLastRows(int first, int used, int to) {
    float[] source = b.data();
    float[] packed = scratch.array();
    int columns = tile.channels();
    for (int k = 0; k < shape.k(); k++) {
      int from = b.offset() + k * shape.n() + first;
      int at = to + k * columns;
      for (int j = 0; j < columns; j++) {
        packed[at + j] = j < used ? source[from + j] : 0;
      }
    }
  }

  private void packColumns(int first, int used, int to) {
    float[] packed = scratch.array();
    int columns = tile.channels();
    int k = shape.k();
    Transposition.copy(b.data(), b.offset() + first * k, k, used, k, packed, to, columns);
    for (int row = 0; row < k && used < columns; row++) {
      Arrays.fill(packed, to + row * columns + used, to + (row + 1) * columns, 0);
    }
  }

  private void computeBlock(int index, int worker) {
    int firstRow = index % rowTasks * rowBlock;
    int endRow = Math.min(shape.m(), firstRow + rowBlock);
    int firstPanel = index / rowTasks * panelGroup;
    int endPanel = Math.min(panels, firstPanel + panelGroup);
    for (int panel = firstPanel; panel < endPanel; panel++) {
      for (int row = firstRow; row < endRow; row += tile.pixels()) {
        computeTile(row, panel, worker);
      }
    }
    if (bias.isPresent()) {
      int first = firstPanel * tile.channels();
      addBias(bias.get(), firstRow, endRow, first, Math.min(shape.n(), endPanel * tile.channels()));
    }
  }

  private void addBias(HostBuffer from, int firstRow, int endRow, int first, int end) {
    float[] values = from.data();
    float[] out = c.data();
    for (int row = firstRow; row < endRow; row++) {
      int to = c.offset() + row * shape.n();
      for (int j = first; j < end; j++) {
        out[to + j] += values[from.offset() + j];
      }
    }
  }

  private void computeTile(int row, int panel, int worker) {
    int column = panel * tile.channels();
    int rows = Math.min(tile.pixels(), shape.m() - row);
    int columns = Math.min(tile.channels(), shape.n() - column);
    int to = c.offset() + row * shape.n() + column;
    if (rows == tile.pixels() && columns == tile.channels()) {
      sum(row, panel, c.data(), to, shape.n());
      return;
    }
    // A tile at the edge goes through scratch memory.
    float[] edge = scratch.array();
    int at = scratch.of(worker);
    sum(row, panel, edge, at, tile.channels());
    for (int r = 0; r < rows; r++) {
      System.arraycopy(edge, at + r * tile.channels(), c.data(), to + r * shape.n(), columns);
    }
  }

  private void sum(int row, int panel, float[] y, int yAt, int yStep) {
    tile.run(
        copiesA ? scratch.array() : a.data(),
        copiesA ? copyAt() : a.offset(),
        rowOffsets,
        row,
        0,
        1,
        shape.k(),
        scratch.array(),
        scratch.shared() + panel * panelLength(),
        y,
        yAt,
        yStep);
  }
}
