package engram.cl.task;

import engram.base.Excerpt;
import java.util.ArrayList;
import java.util.List;

/** Whole numbers with commas between them, as a person types them. */
final class NumberList {
  private NumberList() {}

  /**
   * Reads {@code "9, 9, 8"}.
   *
   * @param what what the numbers are, for the error message
   * @throws IllegalArgumentException naming the part that is no whole number
   */
  static List<Integer> parse(String text, String what) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      try {
        numbers.add(Integer.valueOf(part.strip()));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "%s \"%s\": \"%s\" is not a whole number; write for example 3,1,2"
                .formatted(what, Excerpt.of(text), Excerpt.of(part.strip())),
            e);
      }
    }
    return numbers;
  }
}
