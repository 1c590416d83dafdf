package engram.data.archive;

import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVFormat;

/** Tables of text whose first row names the columns. */
public final class Tables {
  private Tables() {}

  /** The text of a table, which spreadsheets begin with a mark of byte order. */
  public static String text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /**
   * How to read a table: columns by their names, in either case; what separates them, semicolon,
   * comma or tab, is whichever the first row has most of.
   */
  public static CSVFormat format(String text) {
    return CSVFormat.DEFAULT
        .builder()
        .setDelimiter(delimiter(text))
        .setHeader()
        .setSkipHeaderRecord(true)
        .setIgnoreHeaderCase(true)
        .setTrim(true)
        .get();
  }

  private static char delimiter(String text) {
    String header = text.lines().findFirst().orElse("");
    char most = ';';
    for (char candidate : new char[] {',', '\t'}) {
      if (count(header, candidate) > count(header, most)) {
        most = candidate;
      }
    }
    return most;
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }
}
