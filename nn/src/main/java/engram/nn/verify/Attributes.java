package engram.nn.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Attributes of a case, {@code op=conv2d;stride=2;padding=1}. It is noted which were asked for: a
 * case of which something was not looked at has not been understood.
 */
final class Attributes {
  /** Attributes that describe and change nothing. */
  private static final Set<String> DESCRIPTIVE =
      Set.of("seed", "note", "comment", "description", "dtype", "version");

  /** PyTorch's further attributes, with the only value that is supported. */
  private static final Map<String, String> ONLY =
      Map.ofEntries(
          Map.entry("amsgrad", "0"),
          Map.entry("bias", "1"),
          Map.entry("ceil_mode", "0"),
          Map.entry("dampening", "0"),
          Map.entry("dilation", "1"),
          Map.entry("groups", "1"),
          Map.entry("inplace", "0"),
          Map.entry("label_smoothing", "0"),
          Map.entry("maximize", "0"),
          Map.entry("padding_mode", "zeros"));

  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<String> used = new LinkedHashSet<>();

  Attributes(String text) {
    for (String pair : pairs(text)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "\"%s\" in \"%s\" is not of the form name=value".formatted(pair, text));
      }
      String key = pair.substring(0, equals).strip();
      if (values.put(key, pair.substring(equals + 1).strip()) != null) {
        throw new IllegalArgumentException("the attribute %s is there twice".formatted(key));
      }
    }
  }

  /** The parts between semicolons; those within parentheses belong to a network's text. */
  private static List<String> pairs(String text) {
    List<String> pairs = new ArrayList<>();
    int begin = 0;
    int depth = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ';';
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (i == text.length() || (c == ';' && depth == 0)) {
        pairs.add(text.substring(begin, i));
        begin = i + 1;
      }
    }
    return pairs;
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** Value of an attribute that may be left out. */
  String text(String key, String otherwise) {
    used.add(key);
    return values.getOrDefault(key, otherwise);
  }

  double number(String key, double otherwise) {
    List<Double> numbers = numbers(key, otherwise);
    if (numbers.stream().distinct().count() != 1) {
      throw new IllegalArgumentException(
          "%s=%s: different values for rows and columns are not supported"
              .formatted(key, text(key, "")));
    }
    return numbers.getFirst();
  }

  int whole(String key, int otherwise) {
    double value = number(key, otherwise);
    if (value != Math.rint(value)) {
      throw new IllegalArgumentException(
          "%s=%s: expected a whole number".formatted(key, text(key, "")));
    }
    return (int) value;
  }

  /** One or more numbers, such as {@code 0.9,0.999} or {@code (2, 2)}. */
  List<Double> numbers(String key, double... otherwise) {
    used.add(key);
    String value = values.get(key);
    if (value == null) {
      return Arrays.stream(otherwise).boxed().toList();
    }
    try {
      return Arrays.stream(value.replaceAll("[()\\[\\]]", "").split("[,x]"))
          .map(number -> Double.valueOf(number.strip()))
          .toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("%s=%s: expected a number".formatted(key, value));
    }
  }

  boolean flag(String key) {
    String value = text(key, "0");
    return switch (plain(value)) {
      case "1" -> true;
      case "0" -> false;
      default ->
          throw new IllegalArgumentException("%s=%s: expected true or false".formatted(key, value));
    };
  }

  private static String plain(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "true", "yes" -> "1";
      case "false", "no", "none" -> "0";
      default -> lower.replaceAll("\\.0+$", "");
    };
  }

  /** Fails if nobody asked for an attribute that neither only describes nor has its default. */
  void requireAllUsed() {
    values.forEach(
        (key, value) -> {
          boolean plain = DESCRIPTIVE.contains(key) || plain(value).equals(ONLY.get(key));
          if (!used.contains(key) && !plain) {
            throw new IllegalArgumentException("the attribute %s=%s".formatted(key, value));
          }
        });
  }
}
