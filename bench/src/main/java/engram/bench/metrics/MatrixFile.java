package engram.bench.metrics;

import engram.base.Excerpt;
import engram.cl.metrics.AccuracyMatrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Accuracy matrices in a CSV file: one plain matrix, or the {@code accuracy_matrix.csv} of a run.
 */
final class MatrixFile {
  /** First columns of a run's file. */
  private static final List<String> RUN_COLUMNS = List.of("strategy", "seed", "after_task");

  private final Path file;
  private final List<Line> lines;

  /**
   * A matrix and whose it is.
   *
   * @param nameColumns what the names are, such as strategy and seed; empty for a plain matrix
   * @param names one for each of these
   * @param matrix as shares, 0 to 1
   * @param unit what was 1 in the file: 1 or, for percent, 100
   */
  record Named(List<String> nameColumns, List<String> names, AccuracyMatrix matrix, double unit) {}

  private MatrixFile(Path file, List<Line> lines) {
    this.file = file;
    this.lines = lines;
  }

  /**
   * Reads a file.
   *
   * @throws IOException naming file, line, column, value and what was expected
   */
  static List<Named> read(Path file) throws IOException {
    List<Line> lines = Line.read(file);
    if (lines.isEmpty()) {
      throw new IOException(
          "%s: there is no accuracy in it, expected one row for each task".formatted(file));
    }
    return new MatrixFile(file, lines).matrices();
  }

  private List<Named> matrices() throws IOException {
    Line first = lines.getFirst();
    if (first.cells().size() >= RUN_COLUMNS.size()
        && first.cells().subList(0, RUN_COLUMNS.size()).equals(RUN_COLUMNS)) {
      return ofRun();
    }
    if (lines.stream()
        .flatMap(line -> line.cells().stream())
        .anyMatch(c -> c.matches(".*[;\t].*"))) {
      throw new IOException(
          "%s: columns are parted by semicolons or tabs, expected commas (and points in numbers)"
              .formatted(file));
    }
    MatrixNames names = MatrixNames.of(lines);
    List<Line> rows = names.header() ? lines.subList(1, lines.size()) : lines;
    return List.of(matrix(List.of(), List.of(), rows, names.rows() ? 1 : 0));
  }

  private List<Named> ofRun() throws IOException {
    Map<List<String>, List<Line>> rows = new LinkedHashMap<>();
    for (Line line : lines.subList(1, lines.size())) {
      rows.computeIfAbsent(List.of(line.cell(0), line.cell(1)), key -> new ArrayList<>()).add(line);
    }
    List<Named> all = new ArrayList<>();
    for (Map.Entry<List<String>, List<Line>> entry : rows.entrySet()) {
      requireOrder(entry.getValue());
      all.add(matrix(RUN_COLUMNS.subList(0, 2), entry.getKey(), entry.getValue(), 3));
    }
    if (all.isEmpty()) {
      throw new IOException("%s: there is no row below the names of the columns".formatted(file));
    }
    return all;
  }

  /** Rows of a run that were sorted or are missing would give other numbers without a word. */
  private void requireOrder(List<Line> rows) throws IOException {
    for (int t = 0; t < rows.size(); t++) {
      if (!rows.get(t).cell(2).equals(String.valueOf(t + 1))) {
        throw bad(
            rows.get(t),
            2,
            "expected %d: rows of a strategy and a seed are in the order of tasks"
                .formatted(t + 1));
      }
    }
  }

  private Named matrix(List<String> nameColumns, List<String> names, List<Line> rows, int from)
      throws IOException {
    if (rows.isEmpty()) {
      throw new IOException("%s: there is no row below the names of the columns".formatted(file));
    }
    double[][] values = new double[rows.size()][];
    double largest = 0;
    for (int t = 0; t < values.length; t++) {
      Line row = rows.get(t);
      values[t] = new double[t + 1];
      for (int i = 0; i <= t; i++) {
        values[t][i] = accuracy(row, from + i, t, i);
        if (Line.isPercent(row.cell(from + i)) != Line.isPercent(rows.getFirst().cell(from))) {
          throw bad(row, from + i, "expected all accuracies with a percent sign, or none");
        }
        largest = Math.max(largest, values[t][i]);
      }
      for (int column = from + t + 1; column < row.cells().size(); column++) {
        if (!Line.isNothing(row.cell(column))) {
          throw bad(
              row,
              column,
              "expected an empty cell: row %d is the state after task %d, column %d a task not yet"
                      .formatted(t + 1, t + 1, column - from + 1)
                  + " learnt");
        }
      }
    }
    double unit = largest > 1 ? 100 : 1;
    double[][] shares =
        Arrays.stream(values)
            .map(row -> Arrays.stream(row).map(value -> value / unit).toArray())
            .toArray(double[][]::new);
    return new Named(nameColumns, names, AccuracyMatrix.ofEqualTasks(shares), unit);
  }

  private double accuracy(Line row, int column, int t, int i) throws IOException {
    String cell = row.cell(column);
    if (cell.isEmpty()) {
      throw bad(
          row, column, "expected the accuracy on task %d after task %d".formatted(i + 1, t + 1));
    }
    String number = Line.withoutPercent(cell);
    double value = Line.isNumber(number) ? Double.parseDouble(number) : Double.NaN;
    if (!(value >= 0 && value <= 100)) {
      throw bad(row, column, "expected a share from 0 to 1 or a percentage from 0 to 100");
    }
    return value;
  }

  private IOException bad(Line row, int column, String expected) {
    String cell = row.cell(column);
    String found = cell.isEmpty() ? "is empty" : "holds \"" + Excerpt.of(cell) + "\"";
    return new IOException(
        "%s, line %d, column %d: %s, %s"
            .formatted(file, row.number(), column + 1, found, expected));
  }
}
