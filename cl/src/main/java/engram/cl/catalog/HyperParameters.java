package engram.cl.catalog;

import engram.cl.settings.Choice;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The hyper-parameters of a strategy by their names, such as {@code alpha} and {@code beta} of
 * DER++, in the order in which they are told. Each is a number of 0 or more, or one of a few words
 * that tell implementations of the same paper apart.
 *
 * @param values what each is set to, as a text
 * @param words those that a parameter may be set to, the usual one first; none for a number
 */
public record HyperParameters(
    SequencedMap<String, String> values, Map<String, List<String>> words) {
  /** Of a strategy that has none. */
  static final HyperParameters NONE = new HyperParameters(new LinkedHashMap<>(), Map.of());

  /** Those of {@code "alpha=0.1 beta=0.5 weights=joined|sum"}. */
  static HyperParameters of(String text) {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    Map<String, List<String>> words = new HashMap<>();
    for (String one : text.split(" ")) {
      int equals = one.indexOf('=');
      String name = one.substring(0, equals);
      List<String> choices = List.of(one.substring(equals + 1).split("\\|"));
      values.put(name, choices.getFirst());
      if (choices.size() > 1) {
        words.put(name, choices);
      }
    }
    return new HyperParameters(values, words);
  }

  /**
   * These, but for those that are set anew.
   *
   * @param texts values as a person writes them
   * @throws IllegalArgumentException if there is none of that name, or if a value is neither a
   *     number of 0 or more nor one of its words
   */
  HyperParameters with(SequencedMap<String, String> texts) {
    SequencedMap<String, String> set = new LinkedHashMap<>(values);
    texts.forEach((name, text) -> set.put(name, read(name, text)));
    return new HyperParameters(set, words);
  }

  private String read(String name, String text) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          "it has no hyper-parameters; leave out _%s=%s".formatted(name, text));
    }
    if (!values.containsKey(name)) {
      throw Choice.unknown("hyper-parameter", name, values.keySet());
    }
    List<String> choices = words.get(name);
    return choices == null ? number(name, text) : Choice.of(name, text, choices);
  }

  private static String number(String name, String text) {
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && value <= Float.MAX_VALUE) {
        return value == Math.rint(value) && value < 1e15
            ? String.valueOf((long) value)
            : String.valueOf(value);
      }
    } catch (NumberFormatException e) {
      // Said below, as of a number out of range.
    }
    throw new IllegalArgumentException(
        "%s is \"%s\", expected a number of 0 or more".formatted(name, text));
  }

  /** The value of one that is a number. */
  double number(String name) {
    return Double.parseDouble(word(name));
  }

  /** The value of one that is a word. */
  String word(String name) {
    return Optional.ofNullable(values.get(name)).orElseThrow();
  }

  /** As they are written behind a strategy's name: {@code "alpha=0.1 beta=0.5"}. */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(one -> one.getKey() + "=" + one.getValue())
        .collect(Collectors.joining(" "));
  }

  /** The same with all words that there are: {@code "weights=joined|sum"}. */
  public String choices() {
    return values.entrySet().stream()
        .map(
            one ->
                one.getKey()
                    + "="
                    + String.join("|", words.getOrDefault(one.getKey(), List.of(one.getValue()))))
        .collect(Collectors.joining(" "));
  }
}
