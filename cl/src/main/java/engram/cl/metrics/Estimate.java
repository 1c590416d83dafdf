package engram.cl.metrics;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A mean over seeds with its spread. Papers print three things behind a ±: {@link #deviation},
 * {@link #standardError}, which is smaller by the root of the number of seeds, and {@link
 * #halfWidth} of the 95 % interval.
 *
 * @param mean mean of the values
 * @param standardError s / sqrt(n) with s the sample standard deviation; empty for one value, which
 *     has no spread
 * @param count number of values, n
 */
public record Estimate(double mean, OptionalDouble standardError, int count) {

  /**
   * Mean and standard error.
   *
   * @param values one value a seed, at least one
   */
  public static Estimate of(double... values) {
    int n = values.length;
    double mean =
        DoubleStream.of(values)
            .average()
            .orElseThrow(
                () -> new IllegalArgumentException("no value given: a mean needs at least one"));
    if (n == 1) {
      return new Estimate(mean, OptionalDouble.empty(), 1);
    }
    double squares = DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).sum();
    return new Estimate(mean, OptionalDouble.of(Math.sqrt(squares / (n - 1) / n)), n);
  }

  /**
   * Half of the 95 % confidence interval, the mean plus or minus this: t(n-1) s / sqrt(n). Empty
   * for one value.
   */
  public OptionalDouble halfWidth() {
    return standardError.isPresent()
        ? OptionalDouble.of(StudentT.quantile95(count - 1) * standardError.getAsDouble())
        : standardError;
  }

  /** Sample standard deviation s, with n - 1 below the line; empty for one value. */
  public OptionalDouble deviation() {
    return standardError.isPresent()
        ? OptionalDouble.of(standardError.getAsDouble() * Math.sqrt(count))
        : standardError;
  }

  /**
   * The mean difference a - b of two strategies on the same seeds. Sharper than comparing two
   * intervals, since what a seed does to both cancels out.
   *
   * @param a values of one strategy, seed by seed
   * @param b values of the other, for the same seeds in the same order
   */
  public static Estimate ofPairedDifference(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "paired difference: %s values against %s; both need one for each common seed"
              .formatted(a.length, b.length));
    }
    return of(IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray());
  }

  /** With one decimal: {@code 83.2 ±1.1}, or {@code 83.2} where there is no interval. */
  public String toText() {
    String text = String.format(Locale.ROOT, "%.1f", mean);
    return standardError.isPresent()
        ? text + String.format(Locale.ROOT, " ±%.1f", halfWidth().getAsDouble())
        : text;
  }
}
