package engram.backend.vector.light;

import java.util.Arrays;

/**
 * Sums over rows, one for each column, in float and in a fixed order: four rows at a time, which
 * loads and stores the running sums a quarter as often. Callers give a few hundred rows at most and
 * add up the results in double, which keeps rounding small.
 */
final class ColumnSums {
  private ColumnSums() {}

  /** {@code sum[c] = sum over r of x[r, c]}. */
  static void sum(float[] x, int at, int rows, int columns, float[] sum, int sumAt) {
    Arrays.fill(sum, sumAt, sumAt + columns, 0);
    int r = 0;
    for (; r <= rows - 4; r += 4) {
      int a = at + r * columns;
      int b = a + columns;
      int c = b + columns;
      int d = c + columns;
      for (int i = 0; i < columns; i++) {
        sum[sumAt + i] += (x[a + i] + x[b + i]) + (x[c + i] + x[d + i]);
      }
    }
    for (; r < rows; r++) {
      int a = at + r * columns;
      for (int i = 0; i < columns; i++) {
        sum[sumAt + i] += x[a + i];
      }
    }
  }
}
