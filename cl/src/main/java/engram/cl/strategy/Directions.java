package engram.cl.strategy;

import engram.random.CounterRandom;
import java.util.stream.IntStream;

/**
 * The directions in which a symmetric matrix without negative eigenvalues is strongest: a few rows
 * B such that {@code B' B} is its projection on the space of its largest eigenvalues. That space is
 * found by multiplying a random one with the matrix again and again (Halko, Martinsson and Tropp
 * 2011). Numbers do not depend on how many threads there are.
 */
final class Directions {
  /** Multiplications; more changed no answer on real signs. */
  private static final int ROUNDS = 8;

  /** Keeps a matrix of fewer directions than were asked for regular; a share of its trace. */
  private static final double LEAST = 1e-12;

  private Directions() {}

  /**
   * Rows B of {@code B' B}.
   *
   * @param matrix [n][n]
   * @param most rows; all n where they are no more, and B' B is the matrix
   */
  static float[][] strongest(double[][] matrix, int most) {
    int n = matrix.length;
    int rank = Math.min(most, n);
    double[][] space = rank == n ? unit(n) : strongestSpace(matrix, rank);
    double[][] times = times(matrix, space);
    double[][] within = new double[rank][rank];
    for (int r = 0; r < rank; r++) {
      for (int c = 0; c < rank; c++) {
        within[r][c] = LinearClassifier.dot(times[r], space[c]);
      }
    }
    double least = LEAST * Scatter.trace(matrix) + Double.MIN_NORMAL;
    for (int r = 0; r < rank; r++) {
      within[r][r] += least;
    }
    // within = U' U, so that B = U space has B' B = space' within space.
    double[][] upper = Cholesky.of(within).upper();
    float[][] rows = new float[rank][n];
    for (int r = 0; r < rank; r++) {
      for (int c = 0; c < n; c++) {
        double sum = 0;
        for (int k = r; k < rank; k++) {
          sum += upper[r][k] * space[k][c];
        }
        rows[r][c] = (float) sum;
      }
    }
    return rows;
  }

  /** A copy of a matrix, [n][n], plus {@code B' B}, B being the rows. */
  static double[][] addSquares(double[][] matrix, float[][] rows) {
    int n = matrix.length;
    double[][] sums = new double[n][];
    IntStream.range(0, n)
        .parallel()
        .forEach(
            r -> {
              double[] sum = matrix[r].clone();
              for (float[] row : rows) {
                double factor = row[r];
                for (int c = 0; c < n; c++) {
                  sum[c] += factor * row[c];
                }
              }
              sums[r] = sum;
            });
    return sums;
  }

  /** Sum of the diagonal of {@code B' B}. */
  static double traceOfSquares(float[][] rows) {
    double sum = 0;
    for (float[] row : rows) {
      for (float value : row) {
        sum += (double) value * value;
      }
    }
    return sum;
  }

  private static double[][] unit(int n) {
    double[][] unit = new double[n][n];
    for (int i = 0; i < n; i++) {
      unit[i][i] = 1;
    }
    return unit;
  }

  private static double[][] strongestSpace(double[][] matrix, int rank) {
    CounterRandom random = CounterRandom.of(1, "directions");
    double[][] space = new double[rank][matrix.length];
    for (int r = 0; r < rank; r++) {
      for (int c = 0; c < matrix.length; c++) {
        space[r][c] = random.split(r).normal(c);
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      space = times(matrix, space);
      orthonormalise(space);
    }
    return space;
  }

  /** Each row times the matrix, which is symmetric. */
  private static double[][] times(double[][] matrix, double[][] rows) {
    double[][] products = new double[rows.length][matrix.length];
    IntStream.range(0, rows.length)
        .parallel()
        .forEach(
            r -> {
              for (int i = 0; i < matrix.length; i++) {
                products[r][i] = LinearClassifier.dot(matrix[i], rows[r]);
              }
            });
    return products;
  }

  /** Gram and Schmidt, each row against all before it, twice, for the second undoes rounding. */
  private static void orthonormalise(double[][] rows) {
    CounterRandom random = CounterRandom.of(1, "further directions");
    for (int r = 0; r < rows.length; r++) {
      double[] row = rows[r];
      double before = Math.sqrt(LinearClassifier.dot(row, row));
      subtract(row, rows, r);
      if (Math.sqrt(LinearClassifier.dot(row, row)) <= 1e-12 * before || before == 0) {
        // The matrix has no more directions; any other one will do, and weighs nothing.
        for (int c = 0; c < row.length; c++) {
          row[c] = random.split(r).normal(c);
        }
        subtract(row, rows, r);
      }
      scale(row);
      subtract(row, rows, r);
      scale(row);
    }
  }

  private static void subtract(double[] row, double[][] rows, int end) {
    for (int k = 0; k < end; k++) {
      double along = LinearClassifier.dot(row, rows[k]);
      for (int c = 0; c < row.length; c++) {
        row[c] -= along * rows[k][c];
      }
    }
  }

  private static void scale(double[] row) {
    double length = Math.sqrt(LinearClassifier.dot(row, row));
    for (int c = 0; c < row.length; c++) {
      row[c] /= length;
    }
  }
}
