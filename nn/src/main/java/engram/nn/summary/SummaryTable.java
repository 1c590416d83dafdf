package engram.nn.summary;

import engram.nn.summary.Summary.Row;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A {@link Summary} as lines for people. */
final class SummaryTable {
  private static final int COLUMNS = 80;
  private static final List<String> HEADER =
      List.of("layer", "output", "parameters", "multiply-adds", "memory");
  private static final int LEFT_COLUMNS = 2;

  private SummaryTable() {}

  static String of(Summary summary) {
    List<List<String>> lines = new ArrayList<>(List.of(HEADER));
    for (Row row : summary.rows()) {
      lines.add(
          line(
              "  ".repeat(row.depth()) + called(row),
              example(row.output()),
              row.parameters(),
              row.multiplyAdds(),
              row.outputBytes()));
    }
    lines.add(
        line("total", "", summary.parameters(), summary.multiplyAdds(), summary.outputBytes()));
    String totals =
        """
        batch of %d x %s: %s
        parameters and their gradients: %s
        """
            .formatted(
                summary.input().dim(0),
                example(summary.input()),
                Bytes.text(summary.inputBytes()),
                Bytes.text(2 * summary.parameterBytes()));
    return table(lines) + totals + summary.text().map(text -> wrapped("text: " + text)).orElse("");
  }

  /** The name, and the kind where the name does not tell it. */
  private static String called(Row row) {
    return row.name().startsWith(row.type()) ? row.name() : row.name() + " " + row.type();
  }

  private static String example(Shape batch) {
    String all = batch.toString();
    return batch.rank() == 1 ? all : "[" + all.substring(all.indexOf(", ") + 2);
  }

  private static List<String> line(
      String name, String output, long parameters, long multiplyAdds, long bytes) {
    return List.of(name, output, count(parameters), count(multiplyAdds), Bytes.text(bytes));
  }

  private static String count(long number) {
    return number == 0 ? "-" : String.format(Locale.ROOT, "%,d", number);
  }

  private static String table(List<List<String>> lines) {
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        int at = column;
        int width = lines.stream().mapToInt(other -> other.get(at).length()).max().orElse(0);
        String pad = " ".repeat(width - line.get(column).length());
        String cell = line.get(column);
        row.append(column < LEFT_COLUMNS ? cell + pad : pad + cell).append("  ");
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String wrapped(String text) {
    StringBuilder lines = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ")) {
      boolean fits = column + 1 + word.length() <= COLUMNS;
      lines.append(column == 0 ? "" : fits ? " " : "\n").append(word);
      column = column == 0 || !fits ? word.length() : column + 1 + word.length();
    }
    return lines.append('\n').toString();
  }
}
