package engram.bench.console;

import java.util.List;

/** Rows of text set in columns, each as wide as its widest cell; all rows have as many cells. */
public final class Columns {
  private Columns() {}

  /** The rows as lines, columns two spaces apart. */
  public static String text(List<List<String>> rows) {
    return lines(rows, false);
  }

  /** The same for figures: all columns but the first are flush right, three spaces apart. */
  public static String figures(List<List<String>> rows) {
    return lines(rows, true);
  }

  private static String lines(List<List<String>> rows, boolean figures) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = rows.stream().mapToInt(r -> r.get(at).length()).max().orElse(0);
        String cell = row.get(column);
        String space = " ".repeat(width - cell.length());
        if (figures) {
          line.append(column == 0 ? cell + space : "   " + space + cell);
        } else {
          line.append(cell).append(space).append("  ");
        }
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
