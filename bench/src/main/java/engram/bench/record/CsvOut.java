package engram.bench.record;

import engram.base.WholeFile;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A table that grows and is written whole, again and again. */
final class CsvOut {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private final List<List<?>> rows = new ArrayList<>();

  CsvOut(String... header) {
    rows.add(List.of(header));
  }

  void add(Object... row) {
    rows.add(List.of(row));
  }

  void write(Path file) throws IOException {
    WholeFile.write(
        file,
        out -> {
          OutputStreamWriter writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          new CSVPrinter(writer, FORMAT).printRecords(rows);
          writer.flush();
        });
  }
}
