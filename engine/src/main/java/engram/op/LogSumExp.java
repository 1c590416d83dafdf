package engram.op;

/** What softmax, log-softmax and the losses built on them share in their definitions. */
final class LogSumExp {
  private LogSumExp() {}

  /**
   * {@code log(sum over i of exp(x[at + i] / temperature))} of {@code count} elements, with the
   * maximum taken out first so that no exponent overflows. NaN where an element is NaN or
   * +infinity, or where all are -infinity.
   */
  static double of(Values x, int at, int count, double temperature) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      max = Math.max(max, x.get(at + i) / temperature);
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += StrictMath.exp(x.get(at + i) / temperature - max);
    }
    return max + StrictMath.log(sum);
  }
}
