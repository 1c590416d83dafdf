package engram.tiles;

import java.util.function.IntConsumer;

/** Java source that is being written, in the layout of google-java-format. */
final class Source {
  private static final int WIDTH = 100;

  private final StringBuilder text = new StringBuilder();
  private String indent = "";

  /** A line, or those of a text block; {@code format} as in {@link String#format}. */
  void line(String format, Object... values) {
    String filled = values.length == 0 ? format : format.formatted(values);
    for (String line : filled.isEmpty() ? new String[] {""} : filled.split("\n")) {
      text.append(line.isEmpty() ? "" : indent + line).append('\n');
    }
  }

  /** Lines between braces, {@code head} before them. */
  void block(String head, Runnable body) {
    line("%s {", head);
    indented(body);
    line("}");
  }

  /** Lines two columns further in. */
  void indented(Runnable body) {
    String outer = indent;
    indent += "  ";
    body.run();
    indent = outer;
  }

  /** Calls the body with 0 to {@code count - 1}. */
  void each(int count, IntConsumer body) {
    for (int i = 0; i < count; i++) {
      body.accept(i);
    }
  }

  /** {@code head + tail} in one line, or in two where that is too long. */
  void chain(String head, String tail) {
    if (indent.length() + head.length() + tail.length() <= WIDTH) {
      line("%s%s", head, tail);
    } else {
      line("%s%n    %s", head, tail);
    }
  }

  /** {@code " + n * factor"}, written as one would by hand. */
  static String plus(int n, String factor) {
    return switch (n) {
      case 0 -> "";
      case 1 -> " + " + factor;
      default -> " + " + n + " * " + factor;
    };
  }

  /** {@code "n * factor"}, {@code factor} if n is 1. */
  static String times(int n, String factor) {
    return n == 1 ? factor : n + " * " + factor;
  }

  /** a, b, c, ...: the name of a vector in a row. */
  static char letter(int vector) {
    return (char) ('a' + vector);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
