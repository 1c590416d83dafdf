package engram.op;

/** What softmax, log-softmax and the losses built on them share in their definitions. */
final class LogSumExp {
  private LogSumExp() {}

  /**
   * {@code log(sum over i of exp(x[i] / temperature))}, with the maximum taken out first so that no
   * exponent overflows. NaN where an element is NaN or +infinity, or where all are -infinity.
   */
  static double of(Values x, double temperature) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < x.size(); i++) {
      max = Math.max(max, x.get(i) / temperature);
    }
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      sum += StrictMath.exp(x.get(i) / temperature - max);
    }
    return max + StrictMath.log(sum);
  }
}
