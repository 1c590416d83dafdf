package engram.data.archive;

import engram.base.Excerpt;
import engram.base.Reason;
import engram.data.DataException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table of text whose first row names the columns, in any order and either case, as spreadsheets
 * and other programs write it: in UTF-8, with a mark of byte order or without, in UTF-16 with one,
 * or in the older code of Western Windows; with any line ends; with columns without a name, such as
 * pandas' index; with cells, columns or rows at the end that are empty. What separates columns,
 * semicolon, comma or tab, is whichever the first row has most of, or what a line {@code sep=;}
 * before it says.
 *
 * @param where how messages name it
 * @param columns names of the columns, stripped
 * @param rows those that are not empty
 */
public record Table(String where, List<String> columns, List<Row> rows) {

  /** What spreadsheets write where they do not write UTF-8. */
  private static final Charset OLD = Charset.forName("windows-1252");

  private static final int MOST_COLUMNS = 1000;
  private static final String SEPARATOR_LINE = "sep=";

  /**
   * A row.
   *
   * @param where file and line, for messages
   * @param cells one for each column, stripped
   */
  public record Row(String where, List<String> cells) {

    /** The cell of a column by its number. */
    public String cell(int column) {
      return cells.get(column);
    }
  }

  /**
   * Reads a table.
   *
   * @param where how messages name it
   * @param remedy what to do about one that is malformed
   * @throws DataException naming file and line
   */
  public static Table read(String where, byte[] bytes, String remedy) {
    String all = text(where, bytes, remedy);
    String first = all.lines().findFirst().orElse("");
    boolean said = first.toLowerCase(Locale.ROOT).matches("sep=[^\"]");
    String text = said ? all.substring(first.length()).replaceFirst("^(\r\n|\r|\n)", "") : all;
    char separator = said ? first.charAt(SEPARATOR_LINE.length()) : separator(first);
    requireColumns(where, text, separator, remedy);
    int lineBefore = said ? 1 : 0;
    CSVFormat format = CSVFormat.DEFAULT.builder().setDelimiter(separator).setTrim(true).get();
    List<String> columns = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
      for (CSVRecord record : parser) {
        List<String> cells = record.stream().toList();
        String line = where + ", line " + (parser.getCurrentLineNumber() + lineBefore);
        if (columns.isEmpty()) {
          columns.addAll(cells);
        } else if (!cells.stream().allMatch(String::isEmpty)) {
          rows.add(new Row(line, fitted(line, cells, columns.size(), remedy)));
        }
      }
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      // The ways in which Commons CSV says that quotes are malformed.
      throw new DataException(where, "not a table: " + Reason.of(e), remedy, e);
    }
    return new Table(where, List.copyOf(columns), List.copyOf(rows));
  }

  /** Before a parser makes a text of each cell: a file of separators alone has millions. */
  private static void requireColumns(String where, String text, char separator, String remedy) {
    int inLine = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      inLine = c == '\n' || c == '\r' ? 0 : c == separator ? inLine + 1 : inLine;
      if (inLine > MOST_COLUMNS) {
        throw new DataException(
            where, "a line of more than %,d columns".formatted(MOST_COLUMNS), remedy);
      }
    }
  }

  private static List<String> fitted(String line, List<String> cells, int columns, String remedy) {
    boolean more = cells.stream().skip(columns).anyMatch(cell -> !cell.isEmpty());
    if (cells.size() < columns || more) {
      throw new DataException(
          line, "%d values, expected %d as in the header".formatted(cells.size(), columns), remedy);
    }
    return cells.subList(0, columns);
  }

  private static String text(String where, byte[] bytes, String remedy) {
    if (starts(bytes, 0xFF, 0xFE) || starts(bytes, 0xFE, 0xFF)) {
      return new String(bytes, StandardCharsets.UTF_16);
    }
    if (IntStream.range(0, Math.min(bytes.length, 512)).anyMatch(i -> bytes[i] == 0)) {
      throw new DataException(
          where, "not a table: it has zero bytes, as binary files and UTF-16 have", remedy);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      return new String(bytes, OLD);
    }
  }

  private static boolean starts(byte[] bytes, int first, int second) {
    return bytes.length >= 2 && (bytes[0] & 255) == first && (bytes[1] & 255) == second;
  }

  private static char separator(String header) {
    return Stream.of(';', ',', '\t')
        .max((a, b) -> Long.compare(count(header, a), count(header, b)))
        .filter(most -> count(header, most) > count(header, ';'))
        .orElse(';');
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  /**
   * The number of a column.
   *
   * @param names that it may have
   * @param needed all columns that are expected, for the message
   * @throws DataException if there is none, or more than one
   */
  public int column(List<String> names, List<String> needed, String remedy) {
    int[] found =
        IntStream.range(0, columns.size())
            .filter(i -> names.stream().anyMatch(columns.get(i)::equalsIgnoreCase))
            .toArray();
    if (found.length == 1) {
      return found[0];
    }
    String name = String.join(" or ", names);
    throw new DataException(
        where + ", line 1",
        found.length > 1
            ? "there is more than one column %s".formatted(name)
            : "there is no column %s, expected %s, found %s"
                .formatted(
                    name,
                    String.join(", ", needed),
                    Optional.of(Excerpt.of(String.join(", ", columns)))
                        .filter(t -> !t.isBlank())
                        .orElse("nothing")),
        remedy);
  }
}
