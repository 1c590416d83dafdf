package engram.cl.memory;

import java.util.Arrays;

/**
 * Greedy choice of a few rows whose mean is near the mean of all (Welling 2009; Rebuffi et al.
 * 2017, algorithm 4): the k-th row chosen is the x that makes
 *
 * <pre>|| mean - (x + sum of the k - 1 rows chosen) / k ||</pre>
 *
 * smallest, over rows scaled to length one. Ties go to the first row.
 */
public final class Herding {
  private Herding() {}

  /**
   * Indices of the rows chosen, best first.
   *
   * @param rows [candidates][features]
   * @param count how many to choose; all rows when there are fewer
   */
  public static int[] choose(float[][] rows, int count) {
    float[][] unit = Arrays.stream(rows).map(Herding::normalised).toArray(float[][]::new);
    int columns = unit.length == 0 ? 0 : unit[0].length;
    double[] mean = new double[columns];
    for (float[] row : unit) {
      for (int c = 0; c < columns; c++) {
        mean[c] += row[c] / unit.length;
      }
    }
    int[] chosen = new int[Math.min(count, unit.length)];
    boolean[] taken = new boolean[unit.length];
    double[] missing = new double[columns];
    for (int k = 0; k < chosen.length; k++) {
      // || mean - (x + sum) / (k + 1) ||^2 orders rows as |x|^2 - 2 x . missing does.
      for (int c = 0; c < columns; c++) {
        missing[c] += mean[c];
      }
      int best = best(unit, taken, missing);
      taken[best] = true;
      chosen[k] = best;
      for (int c = 0; c < columns; c++) {
        missing[c] -= unit[best][c];
      }
    }
    return chosen;
  }

  private static int best(float[][] unit, boolean[] taken, double[] missing) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < unit.length; i++) {
      if (!taken[i]) {
        double distance = 0;
        for (int c = 0; c < missing.length; c++) {
          distance += unit[i][c] * (unit[i][c] - 2 * missing[c]);
        }
        if (best < 0 || distance < least) {
          best = i;
          least = distance;
        }
      }
    }
    return best;
  }

  /** The row divided by its length; zeros stay zeros. */
  public static float[] normalised(float[] row) {
    double squares = 0;
    for (float x : row) {
      squares += (double) x * x;
    }
    double length = Math.max(Math.sqrt(squares), 1e-12);
    float[] unit = new float[row.length];
    for (int c = 0; c < row.length; c++) {
      unit[c] = (float) (row[c] / length);
    }
    return unit;
  }
}
