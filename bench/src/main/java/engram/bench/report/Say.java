package engram.bench.report;

import engram.cl.metrics.Estimate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Numbers as the page shows them, whatever the locale. */
public final class Say {
  private static final String NONE = "\u2013";

  private Say() {}

  /** One decimal. */
  public static String one(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.equals("-0.0") ? "0.0" : text.replace('-', '\u2212');
  }

  /** No decimal. */
  public static String whole(double value) {
    String text = String.format(Locale.ROOT, "%.0f", value);
    return text.equals("-0") ? "0" : text.replace('-', '\u2212');
  }

  /** Two decimals. */
  public static String two(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** A number for CSS or SVG. */
  public static String css(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** {@code 83.2 ±1.1}, or {@code 83.2} for one seed. */
  public static String estimate(Estimate estimate) {
    OptionalDouble half = estimate.halfWidth();
    return one(estimate.mean()) + (half.isPresent() ? " \u00b1" + one(half.getAsDouble()) : "");
  }

  /** The same, or a dash for what is not defined. */
  public static String estimate(Optional<Estimate> estimate) {
    return estimate.map(Say::estimate).orElse(NONE);
  }

  /** A value or a dash. */
  public static String one(OptionalDouble value) {
    return value.isPresent() ? one(value.getAsDouble()) : NONE;
  }

  /** Bytes in the unit that fits. */
  public static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    String[] units = {"kB", "MB", "GB", "TB"};
    double value = bytes / 1000.0;
    int unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }

  /** {@code a, b, c}; of more than {@code most} the first and how many more. */
  public static String list(List<String> names, int most) {
    return names.size() <= most
        ? String.join(", ", names)
        : "%s and %d more".formatted(names.getFirst(), names.size() - 1);
  }

  /** With separators of thousands. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 1 image}, {@code 2 images}. */
  public static String count(long count, String one) {
    return count(count) + " " + one + (count == 1 ? "" : "s");
  }
}
