package engram.backend.vector.matmul;

import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Scratch;
import engram.backend.vector.tile.Tiles;

/** The left matrix of a product, and the register tile that multiplies its rows with a panel. */
sealed interface LeftTile permits LeftRows, LeftColumns {
  /** Floats of a matrix that is read where it lies, a few of each row: second-level cache. */
  int CACHE = 192 * 1024;

  /**
   * Binds a matrix.
   *
   * @param a {@code [m, k]}, or {@code [k, m]} if transposed
   */
  static LeftTile of(MatrixProduct.Shape shape, HostBuffer a, Scratch scratch) {
    return readsColumns(shape) ? new LeftColumns(shape, a) : new LeftRows(shape, a, scratch);
  }

  /** Whether a transposed matrix is small enough to be read where it lies. */
  static boolean readsColumns(MatrixProduct.Shape shape) {
    return shape.transposeA()
        && (long) shape.m() * shape.k() <= CACHE
        && shape.m() >= Tiles.weightGradient(shape.m(), shape.n()).rows();
  }

  /** Rows of a tile. */
  int rows();

  /** Columns of a tile, and of a panel. */
  int columns();

  /** Floats of the shared scratch that it needs behind the panels. */
  int copyFloats();

  /** Tasks of copying the matrix there. */
  int copyTasks();

  /**
   * Copies some rows.
   *
   * @param at start of the copy
   */
  void copy(int task, int at);

  /** Where the tile begins that has a row as its first, or near the end of the matrix in it. */
  int first(int row);

  /**
   * Sums of a tile.
   *
   * @param row first row, as {@link #first} gives it; of rows past the end the sums are anything
   * @param copyAt start of the copy
   * @param panels array with the panel, which begins at {@code panelAt}
   * @param y where the sums go, from {@code yAt} on
   */
  void sum(int row, int copyAt, float[] panels, int panelAt, float[] y, int yAt, int yStep);
}
