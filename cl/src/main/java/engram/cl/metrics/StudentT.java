package engram.cl.metrics;

/** Quantiles of Student's t distribution. */
final class StudentT {
  private StudentT() {}

  /**
   * The t with 95 % of the distribution in [-t, t], for {@code degrees} &gt;= 1 degrees of freedom.
   */
  static double quantile95(int degrees) {
    double low = 1;
    double high = 13; // 12.71 for one degree, less for more
    while (true) {
      double middle = (low + high) / 2;
      if (middle == low || middle == high) {
        return middle;
      }
      if (central(middle, degrees) < 0.95) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }

  /**
   * Probability of [-t, t], by the finite series of Abramowitz and Stegun 26.7.3 (odd degrees) and
   * 26.7.4 (even).
   */
  private static double central(double t, int degrees) {
    double angle = StrictMath.atan(t / StrictMath.sqrt(degrees));
    double cos = StrictMath.cos(angle);
    double term = degrees % 2 == 0 ? 1 : cos;
    double sum = degrees == 1 ? 0 : term;
    for (int k = degrees % 2 == 0 ? 2 : 3; k < degrees - 1; k += 2) {
      term *= cos * cos * (k - 1) / k;
      sum += term;
    }
    double series = StrictMath.sin(angle) * sum;
    return degrees % 2 == 0 ? series : 2 / Math.PI * (angle + series);
  }
}
