package engram.nn.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A {@link Summary} as text. */
final class SummaryTable {
  private static final List<String> HEADER =
      List.of("layer", "type", "output", "parameters", "multiply-adds", "memory");
  private static final int LEFT_COLUMNS = 3;
  private static final double MEBI = 1 << 20;

  private SummaryTable() {}

  static String render(Summary summary) {
    List<List<String>> lines = new ArrayList<>(List.of(HEADER));
    for (Summary.Row row : summary.rows()) {
      lines.add(
          List.of(
              row.name(),
              row.type(),
              row.output().toString(),
              count(row.parameters()),
              count(row.multiplyAdds()),
              mebibytes(row.outputBytes())));
    }
    lines.add(
        List.of(
            "total",
            "",
            "",
            count(summary.parameters()),
            count(summary.multiplyAdds()),
            mebibytes(summary.passBytes() / 2)));
    return table(lines)
        + "input %s: %s; outputs and their gradients: %s; parameters: %s\n"
            .formatted(
                summary.input(),
                mebibytes(summary.inputBytes()),
                mebibytes(summary.passBytes()),
                mebibytes(summary.parameterBytes()));
  }

  private static String count(long number) {
    return number == 0 ? "-" : String.format(Locale.ROOT, "%,d", number);
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f MiB", bytes / MEBI);
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
}
