package engram.bench.kernel;

import engram.cl.settings.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many work-items a kernel wants, from two comment lines of its file: {@code // global: n / 4,
 * m} and {@code // local: 16, 16}. A size is a product of whole numbers and parameters; a quotient
 * is rounded up, as the range is to whole groups.
 */
public record WorkSize(List<List<String>> global, List<List<String>> local) {
  private static final Pattern TOKEN = Pattern.compile("\\s*([A-Za-z_]\\w*|\\d+|[*/])");

  /**
   * Reads the lines.
   *
   * @param file for messages
   * @param names of the parameters that a size may be made of
   * @param example of the first line, for messages
   * @throws IllegalArgumentException naming file and line
   */
  public static WorkSize of(String file, String text, List<String> names, String example) {
    List<List<String>> global = sizes(file, text, "global", names, example);
    List<List<String>> local = sizes(file, text, "local", names, "16");
    if (global.size() != local.size()) {
      throw new IllegalArgumentException(
          "%s: global has %d sizes and local %d, expected as many"
              .formatted(file, global.size(), local.size()));
    }
    return new WorkSize(global, local);
  }

  private static List<List<String>> sizes(
      String file, String text, String key, List<String> names, String example) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher line = Pattern.compile("\\s*//\\s*" + key + ":(.*)").matcher(lines.get(i));
      if (line.matches()) {
        String place = "%s, line %d: ".formatted(file, i + 1);
        List<List<String>> sizes = new ArrayList<>();
        for (String size : line.group(1).split(",", -1)) {
          sizes.add(tokens(place, size, names));
        }
        if (sizes.size() > 2) {
          throw new IllegalArgumentException(
              "%s%s has %d sizes, expected 1 or 2".formatted(place, key, sizes.size()));
        }
        return sizes;
      }
    }
    throw new IllegalArgumentException(
        "%s: there is no line  // %s: ...  that says how many work-items, such as  // %s: %s"
            .formatted(file, key, key, example));
  }

  private static List<String> tokens(String place, String size, List<String> names) {
    List<String> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(size.stripTrailing());
    int at = 0;
    while (token.lookingAt()) {
      tokens.add(token.group(1));
      at = token.end();
      token.region(at, token.regionEnd());
    }
    boolean whole = at == size.stripTrailing().length() && tokens.size() % 2 == 1;
    for (int i = 0; whole && i < tokens.size(); i++) {
      boolean sign = tokens.get(i).matches("[*/]");
      whole = sign == (i % 2 == 1);
      if (!sign && !tokens.get(i).matches("\\d+") && !names.contains(tokens.get(i))) {
        throw new IllegalArgumentException(
            place + Choice.unknown("size", tokens.get(i), names).getMessage());
      }
    }
    if (!whole) {
      throw new IllegalArgumentException(
          "%s\"%s\" is no size, expected one such as  n / 4 * 16".formatted(place, size.strip()));
    }
    return tokens;
  }

  /** Work-items x, y, those of a group x, y. */
  public int[] of(Map<String, Integer> values) {
    return new int[] {
      value(global, 0, values),
      value(global, 1, values),
      value(local, 0, values),
      value(local, 1, values)
    };
  }

  private static int value(List<List<String>> sizes, int axis, Map<String, Integer> values) {
    if (axis >= sizes.size()) {
      return 1;
    }
    List<String> tokens = sizes.get(axis);
    int value = term(tokens.getFirst(), values);
    for (int i = 1; i < tokens.size(); i += 2) {
      int next = Math.max(1, term(tokens.get(i + 1), values));
      value =
          tokens.get(i).equals("*") ? Math.multiplyExact(value, next) : Math.ceilDiv(value, next);
    }
    return Math.max(1, value);
  }

  private static int term(String token, Map<String, Integer> values) {
    return token.matches("\\d+") ? Integer.parseInt(token) : values.getOrDefault(token, 1);
  }
}
