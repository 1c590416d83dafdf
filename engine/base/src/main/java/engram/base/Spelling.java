package engram.base;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Words that a person may have meant. */
public final class Spelling {
  private static final int LONGEST = 100;

  private Spelling() {}

  /**
   * The word that was meant, if one letter in three or fewer has to change, at least one. Beyond a
   * hundred letters nothing was meant.
   */
  public static Optional<String> nearest(String text, Collection<String> words) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    String lower = text.toLowerCase(Locale.ROOT);
    int most = Math.max(1, text.length() / 3);
    return words.stream()
        .min(Comparator.comparingInt(word -> distance(lower, word)))
        .filter(word -> distance(lower, word) <= most);
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
