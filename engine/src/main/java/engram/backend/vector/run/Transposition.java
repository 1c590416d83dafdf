package engram.backend.vector.run;

/**
 * Copies a part of a matrix turned over, in squares whose cache lines a first-level cache holds.
 */
public final class Transposition {
  private static final int ROWS = 8;
  private static final int COLUMNS = 16;

  private Transposition() {}

  /**
   * {@code to[toAt + column * toRow + row] = from[fromAt + row * fromRow + column]}.
   *
   * @param fromRow floats from one row of the source to the next
   * @param rows rows of the source
   * @param columns columns of the source
   * @param toRow floats from one row of the target to the next
   */
  public static void copy(
      float[] from,
      int fromAt,
      int fromRow,
      int rows,
      int columns,
      float[] to,
      int toAt,
      int toRow) {
    for (int column = 0; column < columns; column += COLUMNS) {
      int count = Math.min(COLUMNS, columns - column);
      int target = toAt + column * toRow;
      int row = 0;
      for (; row + ROWS <= rows; row += ROWS) {
        eightRows(from, fromAt + row * fromRow + column, fromRow, count, to, target + row, toRow);
      }
      for (; row < rows; row++) {
        for (int k = 0; k < count; k++) {
          to[target + k * toRow + row] = from[fromAt + row * fromRow + column + k];
        }
      }
    }
  }

  private static void eightRows(
      float[] from, int fromAt, int fromRow, int columns, float[] to, int toAt, int toRow) {
    for (int k = 0; k < columns; k++) {
      int source = fromAt + k;
      int target = toAt + k * toRow;
      to[target] = from[source];
      to[target + 1] = from[source + fromRow];
      to[target + 2] = from[source + 2 * fromRow];
      to[target + 3] = from[source + 3 * fromRow];
      to[target + 4] = from[source + 4 * fromRow];
      to[target + 5] = from[source + 5 * fromRow];
      to[target + 6] = from[source + 6 * fromRow];
      to[target + 7] = from[source + 7 * fromRow];
    }
  }
}
