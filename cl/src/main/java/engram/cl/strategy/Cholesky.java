package engram.cl.strategy;

import java.util.stream.IntStream;

/**
 * Upper triangular U with {@code U' U = matrix}.
 *
 * @param upper [n][n], zeros below the diagonal
 */
record Cholesky(double[][] upper) {
  /** Rows whose products are subtracted from the rest together, while they are in the cache. */
  private static final int BLOCK = 64;

  /**
   * Factors a symmetric matrix.
   *
   * @throws IllegalArgumentException if it is not positive definite
   */
  static Cholesky of(double[][] matrix) {
    int n = matrix.length;
    double[][] upper = new double[n][n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(matrix[i], i, upper[i], i, n - i);
    }
    for (int first = 0; first < n; first += BLOCK) {
      int end = Math.min(n, first + BLOCK);
      for (int i = first; i < end; i++) {
        subtract(upper, i, first, i);
        divideByRoot(upper[i], i);
      }
      int start = first;
      IntStream.range(end, n).parallel().forEach(i -> subtract(upper, i, start, end));
    }
    return new Cholesky(upper);
  }

  private static void divideByRoot(double[] row, int i) {
    if (!(row[i] > 0)) {
      throw new IllegalArgumentException(
          "covariance: pivot %d is %s, the matrix is not positive definite".formatted(i, row[i]));
    }
    double root = Math.sqrt(row[i]);
    for (int j = i; j < row.length; j++) {
      row[j] /= root;
    }
  }

  /**
   * Subtracts the products with rows {@code first} to {@code end - 1}, which are done, from row i.
   */
  private static void subtract(double[][] upper, int i, int first, int end) {
    double[] row = upper[i];
    int k = first;
    // Four at a time, so that the row is read and written a quarter as often.
    for (; k + 3 < end; k += 4) {
      double[] r0 = upper[k];
      double[] r1 = upper[k + 1];
      double[] r2 = upper[k + 2];
      double[] r3 = upper[k + 3];
      double f0 = r0[i];
      double f1 = r1[i];
      double f2 = r2[i];
      double f3 = r3[i];
      for (int j = i; j < row.length; j++) {
        row[j] = row[j] - f0 * r0[j] - f1 * r1[j] - f2 * r2[j] - f3 * r3[j];
      }
    }
    for (; k < end; k++) {
      double[] other = upper[k];
      double factor = other[i];
      for (int j = i; j < row.length; j++) {
        row[j] -= factor * other[j];
      }
    }
  }

  /** The x with {@code matrix x = b}. */
  double[] solve(double[] b) {
    int n = upper.length;
    double[] x = b.clone();
    for (int i = 0; i < n; i++) {
      double[] row = upper[i];
      x[i] /= row[i];
      double factor = x[i];
      for (int k = i + 1; k < n; k++) {
        x[k] -= row[k] * factor;
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      double[] row = upper[i];
      double rest = x[i];
      for (int k = i + 1; k < n; k++) {
        rest -= row[k] * x[k];
      }
      x[i] = rest / row[i];
    }
    return x;
  }
}
