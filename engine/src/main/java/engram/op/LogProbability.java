package engram.op;

/** What softmax, log-softmax and the losses built on them share in their definitions. */
final class LogProbability {
  private LogProbability() {}

  /**
   * {@code log(softmax(x / temperature)[k])}, told from differences of logits alone, added one by
   * one:
   *
   * <pre>-log(sum over j of exp((x[j] - x[k]) / temperature))
   * log(exp(a) + exp(b)) = max(a, b) + log1p(exp(-|a - b|))</pre>
   *
   * The kernels take out the maximum of a row and sum what is left: what judges them shares no step
   * with them. NaN where an element is NaN or +infinity, or where all are -infinity.
   */
  static double of(Values x, int k, double temperature) {
    double max = x.get(0);
    for (int j = 1; j < x.size(); j++) {
      max = Math.max(max, x.get(j)); // NaN if any is
    }
    if (!Double.isFinite(max)) {
      return Double.NaN;
    }
    if (x.get(k) == Double.NEGATIVE_INFINITY) {
      return Double.NEGATIVE_INFINITY;
    }
    double sum = 0; // the logarithm of exp(x[k] - x[k])
    for (int j = 0; j < x.size(); j++) {
      if (j != k) {
        double next = (x.get(j) - x.get(k)) / temperature;
        sum = Math.max(sum, next) + StrictMath.log1p(StrictMath.exp(-Math.abs(sum - next)));
      }
    }
    return -sum;
  }
}
