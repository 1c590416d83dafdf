package engram.cl.strategy;

/**
 * Lower triangular L with {@code L L' = matrix}.
 *
 * @param lower [n][n], zeros above the diagonal
 */
record Cholesky(double[][] lower) {

  /**
   * Factors a symmetric matrix.
   *
   * @throws IllegalArgumentException if it is not positive definite
   */
  static Cholesky of(double[][] matrix) {
    int n = matrix.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = matrix[i][j];
        for (int k = 0; k < j; k++) {
          rest -= lower[i][k] * lower[j][k];
        }
        if (i == j && !(rest > 0)) {
          throw new IllegalArgumentException(
              "covariance: pivot %d is %s, the matrix is not positive definite".formatted(i, rest));
        }
        lower[i][j] = i == j ? Math.sqrt(rest) : rest / lower[j][j];
      }
    }
    return new Cholesky(lower);
  }

  /** The x with {@code matrix x = b}. */
  double[] solve(double[] b) {
    int n = lower.length;
    double[] x = b.clone();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= lower[i][k] * x[k];
      }
      x[i] /= lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x[i] -= lower[k][i] * x[k];
      }
      x[i] /= lower[i][i];
    }
    return x;
  }
}
