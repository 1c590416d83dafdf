package engram.cl.catalog;

import engram.cl.settings.Choice;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The hyper-parameters of a strategy by their names, such as {@code alpha} and {@code beta} of
 * DER++, in the order in which they are told. None is below 0.
 */
public record HyperParameters(SequencedMap<String, Double> values) {
  /** Of a strategy that has none. */
  static final HyperParameters NONE = new HyperParameters(new LinkedHashMap<>());

  private static final Pattern USUAL = Pattern.compile("([a-z0-9-]+)=([0-9.e-]+)");

  /**
   * Those of {@code "alpha=0.1 beta=0.5"}.
   *
   * @throws IllegalArgumentException if it has another form
   */
  static HyperParameters of(String text) {
    SequencedMap<String, Double> values = new LinkedHashMap<>();
    for (String one : text.split(" ")) {
      Matcher parts = USUAL.matcher(one);
      if (!parts.matches()) {
        throw new IllegalArgumentException(
            "hyper-parameters \"%s\": expected a form such as \"alpha=0.1 beta=0.5\""
                .formatted(text));
      }
      values.put(parts.group(1), Double.valueOf(parts.group(2)));
    }
    return new HyperParameters(values);
  }

  /**
   * These, but for those that are set anew.
   *
   * @param texts values as a person writes them
   * @throws IllegalArgumentException if there is none of that name, or if a value is no number of 0
   *     or more
   */
  HyperParameters with(SequencedMap<String, String> texts) {
    SequencedMap<String, Double> set = new LinkedHashMap<>(values);
    texts.forEach((name, text) -> set.put(name, read(name, text)));
    return new HyperParameters(set);
  }

  private double read(String name, String text) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          "it has no hyper-parameters; leave out _%s=%s".formatted(name, text));
    }
    if (!values.containsKey(name)) {
      throw Choice.unknown("hyper-parameter", name, values.keySet());
    }
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && value <= Float.MAX_VALUE) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, as of a number out of range.
    }
    throw new IllegalArgumentException(
        "%s is \"%s\", expected a number of 0 or more".formatted(name, text));
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
