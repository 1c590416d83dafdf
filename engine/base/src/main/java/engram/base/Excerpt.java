package engram.base;

/** A value of a file as a message shows it: of any length there, at most a line here. */
public final class Excerpt {
  private static final int LONGEST = 60;

  private Excerpt() {}

  /** The text, or its beginning; line breaks and other control characters become blanks. */
  public static String of(Object value) {
    String text = String.valueOf(value);
    boolean whole = text.length() <= LONGEST;
    return text.substring(0, whole ? text.length() : LONGEST).replaceAll("\\p{Cntrl}", " ")
        + (whole ? "" : " ...");
  }
}
