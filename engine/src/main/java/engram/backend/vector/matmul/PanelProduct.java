package engram.backend.vector.matmul;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Lanes;
import engram.backend.vector.run.Scratch;
import engram.backend.vector.run.Workers;
import engram.backend.vector.tile.Transposition;
import java.util.Optional;

/**
 * Matrix product by register tiles. First b is copied into {@link Panels}, then tasks compute
 * blocks of c, some rows of a ({@link LeftTile}) with some panels. A small b is copied by each
 * worker for itself: to fetch what another core has just written takes longer. Each sum runs from
 * its first term to its last in one register.
 */
final class PanelProduct implements Kernel {
  /** Floats of a for one task, at most: they stay in the second-level cache. */
  private static final int BLOCK_FLOATS = 192 * 1024;

  /** Sums that a task holds before it turns them: they stay in the first-level cache. */
  private static final int TURNED_FLOATS = 6 * 1024;

  /** Multiply-adds that take one worker less time than it takes to call the others. */
  private static final long ALONE = 400_000;

  /** Floats of panels, at most, that each worker packs for itself. */
  private static final int OWN_FLOATS = 64 * 1024;

  /** Rows for each worker, at least, beside which that is little work. */
  private static final int OWN_ROWS = 128;

  private final MatrixProduct.Shape shape;
  private final Optional<HostBuffer> bias;
  private final HostBuffer c;
  private final boolean turned;
  private final Workers workers;
  private final Scratch scratch;
  private final LeftTile left;
  private final Panels panels;
  private final boolean alone;
  private final boolean byRows;
  private final boolean ownPanels;
  private final int sumFloats;
  private final int rowBlock;
  private final int panelGroup;
  private final int rowTasks;
  private final int panelTasks;

  /** Number of this run, and for each worker, a cache line apart, that of its panels. */
  private int run;

  private final int[] packedIn;
  private final Workers.Task pack = this::pack;
  private final Workers.Task block = this::computeBlock;

  /**
   * Binds a product.
   *
   * @param turned c is stored as {@code [n, m]} and has a bias for each row of a, else {@code [m,
   *     n]} and one for each column of b
   */
  PanelProduct(
      MatrixProduct.Shape shape,
      HostBuffer a,
      HostBuffer b,
      Optional<HostBuffer> bias,
      HostBuffer c,
      boolean turned,
      Workers workers) {
    this.shape = shape;
    this.bias = bias;
    this.c = c;
    this.turned = turned;
    this.workers = workers;
    scratch = workers.scratch();
    left = LeftTile.of(shape, a, scratch);
    // How work is cut does not touch the bits, so it may follow the number of workers.
    alone = workers.size() == 1 || shape.multiplyAdds() < ALONE;
    int wanted = alone ? 1 : 8 * workers.size();
    panels = new Panels(shape, b, left.columns(), scratch, wanted);
    // A worker starts with one piece of the larger of b and c, which its own cache may hold.
    byRows = shape.m() > shape.k();
    int most = BLOCK_FLOATS / shape.k();
    if (turned) {
      most = Math.min(most, TURNED_FLOATS / left.columns());
    }
    int tiles = Lanes.ceilDiv(shape.m(), left.rows());
    int blocks = Lanes.ceilDiv(tiles, Math.max(1, most / left.rows()));
    int count = panels.count();
    panelGroup = Lanes.ceilDiv(count, Math.min(count, Lanes.ceilDiv(wanted, blocks)));
    panelTasks = Lanes.ceilDiv(count, panelGroup);
    blocks = Math.min(tiles, Math.max(blocks, Lanes.ceilDiv(wanted, panelTasks)));
    rowBlock = Lanes.ceilDiv(tiles, blocks) * left.rows();
    rowTasks = Lanes.ceilDiv(shape.m(), rowBlock);
    ownPanels =
        !alone
            && left.copyTasks() == 0
            && panels.floats() <= OWN_FLOATS
            && shape.m() >= OWN_ROWS * workers.size();
    packedIn = new int[workers.size() * Scratch.LINE];
    int rows = left.rows() + (turned ? rowBlock : 0);
    sumFloats = Lanes.roundUp(rows * left.columns(), Scratch.LINE);
    scratch.reserve(
        ownPanels ? 0 : (long) panels.floats() + left.copyFloats(),
        (long) sumFloats + (ownPanels ? panels.floats() : 0));
  }

  /** Start of a worker's panels. */
  private int panelsOf(int worker) {
    return ownPanels ? scratch.of(worker) + sumFloats : scratch.shared();
  }

  /** Start of a copy of a in the shared scratch: after the panels of b. */
  private int copyAt() {
    return scratch.shared() + panels.floats();
  }

  @Override
  public void run() {
    run++;
    if (!ownPanels) {
      run(panels.tasks() + left.copyTasks(), pack);
    }
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
    if (index < panels.tasks()) {
      panels.pack(index, scratch.shared());
    } else {
      left.copy(index - panels.tasks(), copyAt());
    }
  }

  private void computeBlock(int index, int worker) {
    if (ownPanels && packedIn[worker * Scratch.LINE] != run) {
      panels.pack(panelsOf(worker));
      packedIn[worker * Scratch.LINE] = run;
    }
    int firstRow = (byRows ? index / panelTasks : index % rowTasks) * rowBlock;
    int endRow = Math.min(shape.m(), firstRow + rowBlock);
    int firstPanel = (byRows ? index % panelTasks : index / rowTasks) * panelGroup;
    int endPanel = Math.min(panels.count(), firstPanel + panelGroup);
    for (int panel = firstPanel; panel < endPanel; panel++) {
      if (turned) {
        turn(firstRow, endRow, panel, worker);
        continue;
      }
      for (int row = firstRow; row < endRow; row += left.rows()) {
        computeTile(row, panel, worker);
      }
    }
    if (bias.isPresent() && !turned) {
      int first = firstPanel * left.columns();
      addBias(bias.get(), firstRow, endRow, first, Math.min(shape.n(), endPanel * left.columns()));
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
    int step = left.columns();
    int rows = Math.min(left.rows(), shape.m() - row);
    int columns = Math.min(step, shape.n() - panel * step);
    int to = c.offset() + row * shape.n() + panel * step;
    if (rows == left.rows() && columns == step) {
      sum(row, panel, worker, c.data(), to, shape.n());
      return;
    }
    // A tile at the edge goes through scratch memory.
    int at = scratch.of(worker);
    int first = left.first(row);
    sum(first, panel, worker, scratch.array(), at, step);
    for (int r = 0; r < rows; r++) {
      int from = at + (row - first + r) * step;
      System.arraycopy(scratch.array(), from, c.data(), to + r * shape.n(), columns);
    }
  }

  /** Some rows of a with a panel: sums in scratch memory, turned on their way to c. */
  private void turn(int firstRow, int endRow, int panel, int worker) {
    float[] sums = scratch.array();
    int step = left.columns();
    int at =
        scratch.of(worker) + left.rows() * step; // the last tile may begin before the first row
    for (int row = firstRow; row < endRow; row += left.rows()) {
      int first = left.first(row);
      sum(first, panel, worker, sums, at + (first - firstRow) * step, step);
    }
    if (bias.isPresent()) {
      int values = bias.get().offset() + firstRow;
      for (int row = 0; row < endRow - firstRow; row++) {
        float value = bias.get().data()[values + row];
        for (int j = at + row * step; j < at + (row + 1) * step; j++) {
          sums[j] += value;
        }
      }
    }
    int m = shape.m();
    int columns = Math.min(step, shape.n() - panel * step);
    int to = c.offset() + panel * step * m + firstRow;
    Transposition.copy(sums, at, step, endRow - firstRow, columns, c.data(), to, m);
  }

  private void sum(int row, int panel, int worker, float[] y, int yAt, int yStep) {
    int panelAt = panels.at(panel, panelsOf(worker));
    left.sum(row, copyAt(), scratch.array(), panelAt, y, yAt, yStep);
  }
}
