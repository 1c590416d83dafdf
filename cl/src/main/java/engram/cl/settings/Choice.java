package engram.cl.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names that a person chooses from, and what to say when there is no such name. */
public final class Choice {
  private Choice() {}

  /**
   * The choice whose {@code toString} is the text, in any case.
   *
   * @param kind what is chosen, such as {@code model}
   * @throws IllegalArgumentException as {@link #unknown} says
   */
  public static <T> T of(String kind, String text, List<T> choices) {
    return choices.stream()
        .filter(choice -> choice.toString().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> unknown(kind, text, choices.stream().map(String::valueOf).toList()));
  }

  /** {@code there is no model "bn-dep", perhaps bn-deep; choose from simple, bn, bn-deep}. */
  public static IllegalArgumentException unknown(
      String kind, String text, Collection<String> names) {
    return new IllegalArgumentException(
        "there is no %s \"%s\"%s; choose from %s"
            .formatted(
                kind,
                text,
                nearest(text, names).map(name -> ", perhaps " + name).orElse(""),
                String.join(", ", names)));
  }

  /** The name that was meant, if one letter in three or fewer has to change, at least one. */
  static Optional<String> nearest(String text, Collection<String> names) {
    String lower = text.toLowerCase(Locale.ROOT);
    int most = Math.max(1, text.length() / 3);
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(lower, name)))
        .filter(name -> distance(lower, name) <= most);
  }

  /** Levenshtein's: letters to insert, leave out or replace so that one text becomes the other. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(diagonal, row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
