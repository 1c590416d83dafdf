package engram.bench.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Cells of a record, stripped, and the line of the file on which it ends. */
record Line(long number, List<String> cells) {
  boolean blank() {
    return cells.stream().allMatch(String::isEmpty);
  }

  String cell(int column) {
    return column < cells.size() ? cells.get(column) : "";
  }

  /** Cells from a column on, up to the last that holds something. */
  List<String> from(int column) {
    return cells.subList(Math.min(column, width()), width());
  }

  /** Columns up to the last that holds something; NumPy writes what is not there as nan. */
  int width() {
    int width = cells.size();
    while (width > 0 && isNothing(cell(width - 1))) {
      width--;
    }
    return width;
  }

  static boolean isNothing(String cell) {
    return cell.isEmpty() || cell.equalsIgnoreCase("nan");
  }

  /**
   * The lines that hold something.
   *
   * @throws IOException naming the file, if it cannot be read as CSV
   */
  static List<Line> read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(
          "%s: this is a folder, expected a CSV file; of a run  %s"
              .formatted(file, file.resolve("accuracy_matrix.csv")));
    }
    try (CSVParser parser =
        CSVParser.parse(Files.readString(file, StandardCharsets.UTF_8), CSVFormat.RFC4180)) {
      List<Line> lines = new ArrayList<>();
      for (CSVRecord record : parser) {
        List<String> cells =
            record.stream().map(cell -> cell.replace("\uFEFF", "").strip()).toList();
        Line line = new Line(parser.getCurrentLineNumber(), cells);
        if (!line.blank()) {
          lines.add(line);
        }
      }
      return lines;
    } catch (NoSuchFileException e) {
      throw new IOException("%s: there is no such file".formatted(file), e);
    } catch (CharacterCodingException e) {
      throw new IOException("%s: this is no UTF-8 text, expected a CSV file".formatted(file), e);
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      Throwable reason = Optional.ofNullable(e.getCause()).orElse(e);
      throw new IOException(
          "%s: cannot be read as CSV: %s".formatted(file, reason.getMessage()), e);
    }
  }

  static boolean isPercent(String cell) {
    return cell.endsWith("%");
  }

  static boolean isNumber(String cell) {
    return cell.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
  }

  /** The cell without the sign. */
  static String withoutPercent(String cell) {
    return isPercent(cell) ? cell.substring(0, cell.length() - 1).strip() : cell;
  }
}
