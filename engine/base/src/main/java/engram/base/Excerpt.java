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
    String beginning = visible(beginning(text, LONGEST));
    boolean cut = text.length() > LONGEST || beginning.length() > LONGEST;
    return cut ? beginning(beginning, LONGEST - 3) + "..." : beginning;
  }

  /** At most so many characters, and no half of a sign. */
  private static String beginning(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  /**
   * The text with the signs that no screen shows as they are written in Java, such as {@code
   * \\u001b}: they would move the cursor, ring the bell or turn the letters of whoever reads it.
   */
  public static String visible(String text) {
    if (text.codePoints().noneMatch(Excerpt::isHidden)) {
      return text;
    }
    StringBuilder visible = new StringBuilder();
    text.codePoints()
        .forEach(
            sign -> {
              switch (sign) {
                case '\n' -> visible.append("\\n");
                case '\r' -> visible.append("\\r");
                case '\t' -> visible.append("\\t");
                default -> {
                  if (isHidden(sign)) {
                    for (char half : Character.toChars(sign)) {
                      visible.append("\\u%04x".formatted((int) half));
                    }
                  } else {
                    visible.appendCodePoint(sign);
                  }
                }
              }
            });
    return visible.toString();
  }

  private static boolean isHidden(int sign) {
    return switch (Character.getType(sign)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
