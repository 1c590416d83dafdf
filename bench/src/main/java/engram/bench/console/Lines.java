package engram.bench.console;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Text that fits a screen of {@value #WIDTH} columns, which every plain output of a command does.
 */
public final class Lines {
  /** Columns of a screen. */
  public static final int WIDTH = 80;

  private static final String CUT = "…";

  private Lines() {}

  /** The text, or its beginning and end around a sign that the middle is left out. */
  public static String shortened(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    int tail = (width - CUT.length()) / 2;
    int head = width - CUT.length() - tail;
    return text.substring(0, head) + CUT + text.substring(text.length() - tail);
  }

  /**
   * Each line of the text as lines that fit the screen, broken at blanks; those that go on begin
   * with {@code indent} blanks. A single word that is wider is broken anywhere, but for a path,
   * which is to be copied.
   */
  public static String wrapped(String text, int indent) {
    return text.lines()
        .flatMap(line -> wrappedLine(line, indent).stream())
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** Texts side by side, or each on a line of its own where that would be too wide. */
  public static String row(String... texts) {
    String side = String.join("   ", texts);
    return (side.length() <= WIDTH ? side : String.join("\n", texts)) + "\n";
  }

  private static List<String> wrappedLine(String line, int indent) {
    List<String> lines = new ArrayList<>();
    String left = line;
    while (left.length() > WIDTH) {
      int at = breakAt(left, lines.isEmpty() ? 0 : indent);
      if (at == left.length()) {
        break;
      }
      lines.add(left.substring(0, at).stripTrailing());
      left = " ".repeat(indent) + left.substring(at).stripLeading();
    }
    lines.add(left);
    return lines;
  }

  /** Where a line that is too long is broken; its length where it cannot be. */
  private static int breakAt(String line, int indent) {
    int from = indent;
    while (from < line.length() && line.charAt(from) == ' ') {
      from++; // blanks at the beginning are no place to break
    }
    int blank = line.lastIndexOf(' ', WIDTH);
    if (blank > from) {
      return blank;
    }
    int end = line.indexOf(' ', from);
    String word = line.substring(from, end < 0 ? line.length() : end);
    boolean path = word.contains("/") || word.contains("\\");
    return path ? from + word.length() : WIDTH;
  }
}
