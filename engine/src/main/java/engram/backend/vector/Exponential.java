package engram.backend.vector;

/**
 * The exponential function for kernels: plain arithmetic, so it gives the same bits interpreted,
 * compiled and on any machine, which {@code Math.exp} does not promise.
 *
 * <p>With {@code x = n log 2 + r} and |r| <= log(2) / 2 the result is {@code 2^n} times the Taylor
 * polynomial of degree 10 at r; the relative error is below 1e-12, far below float's 6e-8.
 */
final class Exponential {
  private static final double LOG2_E = 1.4426950408889634;
  private static final double LN_2 = 0.6931471805599453;

  /** Adding it rounds to a whole number, which then stands in the lowest bits. */
  private static final double ROUND = 0x1.8p52;

  private Exponential() {}

  /**
   * {@code e^x}. Beyond +-700 the result is that of +-700, which as a float is infinity or 0; NaN
   * gives NaN.
   */
  static double exp(double x) {
    double z = Math.min(Math.max(x, -700), 700);
    double shifted = z * LOG2_E + ROUND;
    double r = z - (shifted - ROUND) * LN_2;
    double p = 1.0 / 3628800;
    p = p * r + 1.0 / 362880;
    p = p * r + 1.0 / 40320;
    p = p * r + 1.0 / 5040;
    p = p * r + 1.0 / 720;
    p = p * r + 1.0 / 120;
    p = p * r + 1.0 / 24;
    p = p * r + 1.0 / 6;
    p = p * r + 0.5;
    p = p * r + 1;
    p = p * r + 1;
    // 2^n is added to the exponent bits of p, which lies between 0.7 and 1.5.
    long n = Double.doubleToRawLongBits(shifted) << 52;
    return Double.isNaN(x) ? x : Double.longBitsToDouble(Double.doubleToRawLongBits(p) + n);
  }

  /**
   * {@code log(sum over i of exp(scale x[at + i]))} of {@code count} elements, with the maximum
   * taken out first; NaN where an element is NaN or +infinity, or where all are -infinity.
   */
  static double logSumExp(float[] x, int at, int count, double scale) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = at; i < at + count; i++) {
      max = Math.max(max, x[i]);
    }
    double sum = 0;
    for (int i = at; i < at + count; i++) {
      sum += exp((x[i] - (double) max) * scale);
    }
    return max * scale + StrictMath.log(sum);
  }
}
