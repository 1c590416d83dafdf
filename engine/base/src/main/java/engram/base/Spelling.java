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

  /**
   * Damerau and Levenshtein's: letters to insert, leave out, replace or swap with the next one so
   * that one text becomes the other.
   */
  private static int distance(String from, String to) {
    int[][] changes = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        changes[i][j] = i == 0 || j == 0 ? i + j : fewest(changes, from, i, to, j);
      }
    }
    return changes[from.length()][to.length()];
  }

  private static int fewest(int[][] changes, String from, int i, String to, int j) {
    char last = from.charAt(i - 1);
    boolean same = last == to.charAt(j - 1);
    int fewest =
        Math.min(
            changes[i - 1][j - 1] + (same ? 0 : 1),
            1 + Math.min(changes[i - 1][j], changes[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && last == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(fewest, changes[i - 2][j - 2] + 1) : fewest;
  }
}
