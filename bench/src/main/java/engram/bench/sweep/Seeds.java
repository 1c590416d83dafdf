package engram.bench.sweep;

import engram.base.Excerpt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** The seeds of a plan: {@code 10} for the first ten, {@code 3..7}, or a list of them. */
final class Seeds {
  static final int MOST = 100_000;

  private static final Pattern RANGE = Pattern.compile("(-?\\d{1,18})\\s*\\.\\.\\s*(-?\\d{1,18})");

  private Seeds() {}

  /**
   * Reads seeds as YAML gives them.
   *
   * @param wrong makes the failure of what is wrong
   */
  static List<Long> parse(Object given, Function<String, IOException> wrong) throws IOException {
    return switch (given) {
      case Integer count when count >= 1 && count <= MOST ->
          LongStream.rangeClosed(1, count).boxed().toList();
      case Number _ ->
          throw wrong.apply("seeds is %s, expected how many, 1 to %d".formatted(given, MOST));
      case List<?> list when !list.isEmpty() -> listed(list, wrong);
      default -> range(String.valueOf(given), wrong);
    };
  }

  private static List<Long> range(String text, Function<String, IOException> wrong)
      throws IOException {
    Matcher range = RANGE.matcher(text.strip());
    if (!range.matches()) {
      throw wrong.apply(
          "seeds is \"%s\", expected how many, as 10, or 1..10, or a list, as [1, 2, 5]"
              .formatted(Excerpt.of(text)));
    }
    long first = Long.parseLong(range.group(1));
    long last = Long.parseLong(range.group(2));
    if (last < first || last - first >= MOST) {
      throw wrong.apply(
          "seeds is %s, expected the smaller one first, and %d at most"
              .formatted(Excerpt.of(text), MOST));
    }
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private static List<Long> listed(List<?> list, Function<String, IOException> wrong)
      throws IOException {
    Set<Long> seeds = new LinkedHashSet<>();
    for (Object seed : list) {
      if (!(seed instanceof Integer || seed instanceof Long)) {
        throw wrong.apply("seeds: %s is no whole number".formatted(Excerpt.of(seed)));
      }
      if (!seeds.add(((Number) seed).longValue())) {
        throw wrong.apply("seeds: %s is given twice".formatted(seed));
      }
    }
    return new ArrayList<>(seeds);
  }
}
