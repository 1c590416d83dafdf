package engram.bench.file;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A table that grows and is written whole, again and again. */
public final class CsvOut {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private final List<List<?>> rows = new ArrayList<>();

  public CsvOut(String... header) {
    rows.add(List.of(header));
  }

  /** Adds a row. */
  public void add(Object... row) {
    rows.add(List.of(row));
  }

  /** Writes or replaces a file. */
  public void write(Path file) throws IOException {
    WholeFile.write(
        file,
        out -> {
          OutputStreamWriter writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          new CSVPrinter(writer, FORMAT).printRecords(rows);
          writer.flush();
        });
  }
}
