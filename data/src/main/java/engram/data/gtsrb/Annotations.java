package engram.data.gtsrb;

import engram.data.DataException;
import engram.data.Resize;
import engram.data.archive.Archive;
import engram.data.archive.Tables;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a table of GTSRB. Columns are found by their names in the header, in any order; what
 * separates them, semicolon, comma or tab, is whichever the header has most of.
 */
final class Annotations {

  private static final String CLASS = "ClassId";
  private static final List<String> NUMBERS =
      List.of("Width", "Height", "Roi.X1", "Roi.Y1", "Roi.X2", "Roi.Y2", CLASS);

  /** Far above any picture's side. */
  private static final int MAX_NUMBER = 1_000_000;

  private final Layout.Table table;

  private Annotations(Layout.Table table) {
    this.table = table;
  }

  /**
   * The rows of a table, in its order.
   *
   * @throws DataException naming file and line if a column is missing, a number is none, a class is
   *     not 0..42, or a picture is not there
   */
  static List<Sample> read(Layout.Table table) {
    return read(table, table.csv().read());
  }

  /** The rows in {@code csv}, the contents of {@code table}. */
  static List<Sample> read(Layout.Table table, byte[] csv) {
    return new Annotations(table).parse(Tables.text(csv));
  }

  private List<Sample> parse(String text) {
    List<Sample> samples = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(new StringReader(text), Tables.format(text))) {
      requireColumns(parser.getHeaderNames());
      for (CSVRecord row : parser) {
        samples.add(sample(row, line(parser.getCurrentLineNumber())));
      }
    } catch (IOException
        | UncheckedIOException
        | IllegalArgumentException
        | IllegalStateException e) {
      // The ways in which Commons CSV says that quotes or header are malformed.
      throw new DataException(
          table.csv().where(), "not a table: " + e.getMessage(), DataException.FETCH_AGAIN, e);
    }
    if (samples.isEmpty()) {
      throw DataException.damaged(table.csv().where(), "no rows, expected one for each image");
    }
    return samples;
  }

  private void requireColumns(List<String> header) {
    List<String> present = header.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    List<String> needed = new ArrayList<>(NUMBERS);
    needed.add(table.column());
    for (String column : needed) {
      if (!present.contains(column.toLowerCase(Locale.ROOT))) {
        throw DataException.damaged(
            line(1),
            "there is no column %s, expected %s, found %s"
                .formatted(column, String.join(", ", needed), String.join(", ", header)));
      }
    }
  }

  private Sample sample(CSVRecord row, String where) {
    if (!row.isConsistent()) {
      throw DataException.damaged(
          where,
          "%d values, expected %d as in the header"
              .formatted(row.size(), row.getParser().getHeaderNames().size()));
    }
    String name = Archive.child(table.folder(), row.get(table.column()));
    if (!table.images().has(name)) {
      throw DataException.damaged(
          where,
          "image %s is missing, expected it at %s"
              .formatted(row.get(table.column()), table.images().where(name)));
    }
    return new Sample(
        where,
        new Archive.File(table.images(), name),
        number(row, CLASS, 0, GtsrbClasses.COUNT - 1, where),
        number(row, "Width", 1, MAX_NUMBER, where),
        number(row, "Height", 1, MAX_NUMBER, where),
        new Resize.Box(
            number(row, "Roi.X1", 0, MAX_NUMBER, where),
            number(row, "Roi.Y1", 0, MAX_NUMBER, where),
            number(row, "Roi.X2", 0, MAX_NUMBER, where),
            number(row, "Roi.Y2", 0, MAX_NUMBER, where)));
  }

  private static int number(CSVRecord row, String column, int min, int max, String where) {
    String text = row.get(column);
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below, with the numbers that are out of range.
    }
    throw DataException.damaged(
        where,
        "%s is \"%s\", expected a whole number from %d to %d".formatted(column, text, min, max));
  }

  private String line(long line) {
    return table.csv().where() + ", line " + line;
  }
}
