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

  /** {@code sum[c] = sum over r of (x[r, c] - centre[c])^2}; centre lies as sum does. */
  static void squares(
      float[] x, int at, int rows, int columns, float[] centre, float[] sum, int sumAt) {
    Arrays.fill(sum, sumAt, sumAt + columns, 0);
    int r = 0;
    for (; r <= rows - 4; r += 4) {
      int a = at + r * columns;
      int b = a + columns;
      int c = b + columns;
      int d = c + columns;
      for (int i = 0; i < columns; i++) {
        float middle = centre[sumAt + i];
        float da = x[a + i] - middle;
        float db = x[b + i] - middle;
        float dc = x[c + i] - middle;
        float dd = x[d + i] - middle;
        sum[sumAt + i] += (da * da + db * db) + (dc * dc + dd * dd);
      }
    }
    for (; r < rows; r++) {
      int a = at + r * columns;
      for (int i = 0; i < columns; i++) {
        float da = x[a + i] - centre[sumAt + i];
        sum[sumAt + i] += da * da;
      }
    }
  }

  /** {@code sum[c] = sum over r of dy[r, c] (x[r, c] - centre[c])}. */
  static void products(
      float[] x,
      int at,
      float[] dy,
      int dyAt,
      int rows,
      int columns,
      float[] centre,
      int centreAt,
      float[] sum,
      int sumAt) {
    Arrays.fill(sum, sumAt, sumAt + columns, 0);
    int r = 0;
    for (; r <= rows - 2; r += 2) {
      int a = at + r * columns;
      int b = a + columns;
      int da = dyAt + r * columns;
      int db = da + columns;
      for (int i = 0; i < columns; i++) {
        float middle = centre[centreAt + i];
        sum[sumAt + i] += dy[da + i] * (x[a + i] - middle) + dy[db + i] * (x[b + i] - middle);
      }
    }
    for (; r < rows; r++) {
      int a = at + r * columns;
      int da = dyAt + r * columns;
      for (int i = 0; i < columns; i++) {
        sum[sumAt + i] += dy[da + i] * (x[a + i] - centre[centreAt + i]);
      }
    }
  }
}
