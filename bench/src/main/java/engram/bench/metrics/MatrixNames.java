package engram.bench.metrics;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What there is beside the accuracies.
 *
 * @param header names of the columns in the first line
 * @param rows names of the rows in the first column
 */
record MatrixNames(boolean header, boolean rows) {
  /** Names may be numbers: row t has t accuracies below and beside them. */
  static MatrixNames of(List<Line> lines) {
    for (MatrixNames names :
        List.of(
            new MatrixNames(false, false),
            new MatrixNames(true, false),
            new MatrixNames(false, true),
            new MatrixNames(true, true))) {
      if (names.leaveTriangle(lines)) {
        return names;
      }
    }
    // There is no triangle: what looks like names is taken for such, and the error names the cell.
    boolean header = lines.getFirst().cells().stream().noneMatch(Line::isNumber);
    return new MatrixNames(
        header, lines.stream().skip(header ? 1 : 0).noneMatch(line -> Line.isNumber(line.cell(0))));
  }

  private boolean leaveTriangle(List<Line> lines) {
    List<Line> below = lines.subList(header ? 1 : 0, lines.size());
    int first = rows ? 1 : 0;
    return !below.isEmpty()
        && Line.isNumber(Line.withoutPercent(below.getFirst().cell(first)))
        && IntStream.range(0, below.size()).allMatch(t -> below.get(t).width() == first + t + 1)
        && (!header || areNames(lines.getFirst().from(first)))
        && (!rows || areNames(below.stream().map(line -> line.cell(0)).toList()));
  }

  /** Words, or numbers that count from 0 or 1: any others may be accuracies. */
  private static boolean areNames(List<String> cells) {
    return cells.stream().noneMatch(Line::isNumber) || count(cells, 0) || count(cells, 1);
  }

  private static boolean count(List<String> cells, int from) {
    return IntStream.range(0, cells.size())
        .allMatch(i -> cells.get(i).equals(String.valueOf(from + i)));
  }
}
