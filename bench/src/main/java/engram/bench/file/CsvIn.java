package engram.bench.file;

import engram.base.Excerpt;
import engram.base.InputFile;
import engram.base.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Rows of a table with a header, whose errors name file, line and column. */
public final class CsvIn {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setAllowMissingColumnNames(true)
          .get();

  /** Bound on a file: a million rows. */
  private static final int MOST_BYTES = 1 << 27;

  private CsvIn() {}

  public record Row(Path file, CSVRecord values) {

    /** Names of all columns, in the order of the header. */
    public List<String> columns() {
      return values.getParser().getHeaderNames();
    }

    public String text(String column) throws IOException {
      if (!values.isSet(column)) {
        throw failure(column, "is missing");
      }
      return values.get(column);
    }

    public long whole(String column) throws IOException {
      try {
        return Long.parseLong(text(column));
      } catch (NumberFormatException e) {
        throw failure(
            column, "is \"%s\", expected a whole number".formatted(Excerpt.of(text(column))));
      }
    }

    /** A whole number that an int holds. */
    public int integer(String column) throws IOException {
      long value = whole(column);
      if (value != (int) value) {
        throw failure(column, "is %d, which is too large".formatted(value));
      }
      return (int) value;
    }

    /** A whole number, or nothing. */
    public OptionalLong wholeOrEmpty(String column) throws IOException {
      return text(column).isEmpty() ? OptionalLong.empty() : OptionalLong.of(whole(column));
    }

    public double number(String column) throws IOException {
      try {
        return Double.parseDouble(text(column));
      } catch (NumberFormatException e) {
        throw failure(column, "is \"%s\", expected a number".formatted(Excerpt.of(text(column))));
      }
    }

    /** What is wrong with a cell, and where it is. */
    public IOException failure(String column, String what) {
      // The header is line 1; no value here holds a line break.
      return new IOException(
          "%s, line %d: %s %s"
              .formatted(file, values.getRecordNumber() + 1, Excerpt.of(column), what));
    }
  }

  /**
   * All rows of a file that must be there.
   *
   * @throws IOException naming the file
   */
  public static List<Row> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("%s is missing".formatted(file));
    }
    String text = InputFile.readText(file, MOST_BYTES);
    try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
      return parser.stream().map(values -> new Row(file, values)).toList();
    } catch (CSVException | UncheckedIOException | IllegalArgumentException e) {
      throw new IOException("%s is no table: %s".formatted(file, Excerpt.of(Reason.of(e))), e);
    }
  }
}
