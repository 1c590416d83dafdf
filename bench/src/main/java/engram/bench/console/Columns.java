package engram.bench.console;

import java.util.List;

/** Rows of text set in columns, two spaces apart, each as wide as its widest cell. */
public final class Columns {
  private Columns() {}

  /** The rows as lines; all rows have the same number of cells. */
  public static String text(List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = rows.stream().mapToInt(r -> r.get(at).length()).max().orElse(0);
        line.append(("%-" + (width + 2) + "s").formatted(row.get(column)));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
