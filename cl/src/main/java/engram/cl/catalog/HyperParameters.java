package engram.cl.catalog;

import engram.cl.settings.Choice;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The hyper-parameters of a strategy by their names, such as {@code alpha} and {@code beta} of
 * DER++, in the order in which they are told. None is below 0.
 */
public record HyperParameters(SequencedMap<String, Double> values) {
  /** Of a strategy that has none. */
  static final HyperParameters NONE = new HyperParameters(new LinkedHashMap<>());

  /** One. */
  static HyperParameters of(String name, double value) {
    return NONE.and(name, value);
  }

  /** These and one more. */
  HyperParameters and(String name, double value) {
    SequencedMap<String, Double> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new HyperParameters(more);
  }

  /**
   * These, but for one that is set anew.
   *
   * @param text as a person writes the value
   * @throws IllegalArgumentException if there is none of that name, or if it is no number of 0 or
   *     more
   */
  HyperParameters with(String name, String text) {
    if (!values.containsKey(name)) {
      throw values.isEmpty()
          ? new IllegalArgumentException(
              "it has no hyper-parameters; leave out _%s=%s".formatted(name, text))
          : Choice.unknown("hyper-parameter", name, values.keySet());
    }
    double value = parse(text);
    if (!(value >= 0 && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "%s is \"%s\", expected a number of 0 or more".formatted(name, text));
    }
    return and(name, value);
  }

  private static double parse(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  double get(String name) {
    return Optional.ofNullable(values.get(name)).orElseThrow();
  }

  /** As they are written behind a strategy's name: {@code "alpha=0.1 beta=0.5"}. */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(one -> one.getKey() + "=" + trimmed(one.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static String trimmed(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
