package engram.base;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which name a person meant who mistyped it. */
public final class Nearest {
  private Nearest() {}

  /** The name that was meant, if one letter in three or fewer has to change, at least one. */
  public static Optional<String> to(String text, Collection<String> names) {
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
