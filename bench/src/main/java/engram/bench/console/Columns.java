package engram.bench.console;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of text set in columns, each as wide as its widest cell; all rows have as many cells. What
 * would be wider than a screen is set another way, so that nothing is lost and no line is broken by
 * the terminal: texts go on in lines below, figures in a second block of columns, and a long name
 * has a line of its own above its row.
 */
public final class Columns {
  /** Of the first column, where not all columns fit side by side. */
  private static final int LONGEST_NAME = 24;

  private static final int GAP = 2;

  private Columns() {}

  /** The rows as lines, columns two spaces apart; a last cell that is too wide is wrapped. */
  public static String text(List<List<String>> rows) {
    return String.join("", textRows(rows));
  }

  /** The same, each row by itself, on as many lines as it needs. */
  public static List<String> textRows(List<List<String>> rows) {
    int last = rows.stream().mapToInt(List::size).max().orElse(1) - 1;
    int others = IntStream.range(1, last).map(column -> width(rows, column) + GAP).sum();
    int names = names(rows, Math.max(0, Lines.WIDTH - others - width(rows, last) - GAP));
    int indent = names + GAP + others;
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder above = new StringBuilder();
      StringBuilder line = new StringBuilder(name(row, names, above));
      for (int column = 1; column < row.size(); column++) {
        String cell = row.get(column);
        line.append(" ".repeat(GAP)).append(cell);
        line.append(" ".repeat(width(rows, column) - cell.length()));
      }
      String own = line.toString().stripTrailing() + "\n";
      lines.add(above + Lines.wrapped(own, indent <= Lines.WIDTH / 2 ? indent : 2 * GAP));
    }
    return lines;
  }

  /** Width of the first column: that of its widest cell that leaves room for the others. */
  private static int names(List<List<String>> rows, int room) {
    int widest = width(rows, 0);
    return widest <= room
        ? widest
        : rows.stream()
            .mapToInt(row -> row.getFirst().length())
            .filter(width -> width <= Math.max(LONGEST_NAME, room))
            .max()
            .orElse(0);
  }

  /**
   * The first cell, filled up; one that is too long goes to {@code above}, on a line of its own.
   */
  private static String name(List<String> row, int names, StringBuilder above) {
    String name = row.getFirst();
    if (name.length() <= names) {
      return name + " ".repeat(names - name.length());
    }
    above.append(Lines.wrapped(name, 2 * GAP));
    return " ".repeat(names);
  }

  /** The same for figures: all columns but the first are flush right, three spaces apart. */
  public static String figures(List<List<String>> rows) {
    return figures(rows, 3);
  }

  /**
   * @param gap spaces between columns
   */
  public static String figures(List<List<String>> rows, int gap) {
    if (rows.isEmpty()) {
      return "";
    }
    int columns = rows.getFirst().size();
    int all = IntStream.range(1, columns).map(c -> gap + width(rows, c)).sum();
    int names = names(rows, Lines.WIDTH - all);
    StringBuilder text = new StringBuilder();
    int from = 1;
    do {
      int to = from;
      int used = names;
      while (to < columns && (to == from || used + gap + width(rows, to) <= Lines.WIDTH)) {
        used += gap + width(rows, to);
        to++;
      }
      text.append(from == 1 ? "" : "\n").append(block(rows, names, from, to, gap));
      from = to;
    } while (from < columns);
    return text.toString();
  }

  /** Names and the columns from {@code from} to {@code to - 1}. */
  private static String block(List<List<String>> rows, int names, int from, int to, int gap) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(name(row, names, text));
      for (int column = from; column < to; column++) {
        String cell = row.get(column);
        line.append(" ".repeat(gap + width(rows, column) - cell.length())).append(cell);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
