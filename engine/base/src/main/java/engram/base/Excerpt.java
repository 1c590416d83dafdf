package engram.base;

/** What of a text that is not ours stands in a message: at most a line of it. */
public final class Excerpt {
  private static final int LONGEST = 60;

  private Excerpt() {}

  /**
   * The beginning of a value, on one line and of at most {@value #LONGEST} characters; dots stand
   * for what was left out.
   */
  public static String of(Object value) {
    String text = String.valueOf(value);
    boolean cut = text.length() > LONGEST;
    String beginning = cut ? text.substring(0, LONGEST - 3) : text;
    // A control character would move the cursor or ring the bell of whoever reads the message.
    return beginning.replaceAll("\\p{Cntrl}", " ") + (cut ? "..." : "");
  }
}
