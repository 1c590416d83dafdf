package engram.backend.vector.light;

/**
 * What softmax, log-softmax and the losses built on them share. Exponentials and logarithms are
 * those of {@link StrictMath}, the same bits interpreted, compiled and on any machine, which
 * neither {@link Math} nor the Vector API promises.
 */
final class LogSumExp {
  private LogSumExp() {}

  /**
   * {@code log(sum over i of exp(scale x[at + i]))} of {@code count} elements, with the maximum
   * taken out first; NaN where an element is NaN or +infinity, or where all are -infinity.
   */
  static double of(float[] x, int at, int count, double scale) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = at; i < at + count; i++) {
      max = Math.max(max, x[i]);
    }
    double sum = 0;
    for (int i = at; i < at + count; i++) {
      sum += StrictMath.exp((x[i] - (double) max) * scale);
    }
    return max * scale + StrictMath.log(sum);
  }
}
