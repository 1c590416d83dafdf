package engram.bench.file;

import engram.base.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A table as CSV (RFC 4180, but a line ends in a line feed): it grows and is written whole. */
public final class CsvOut implements WholeFile.Content {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private final List<List<?>> rows = new ArrayList<>();

  /** A table of no rows yet; its header as it stands in the file, such as {@code seed,task}. */
  public CsvOut(String header) {
    this(List.of(header.split(",")));
  }

  /** The same with a header that is put together. */
  public CsvOut(List<String> header) {
    rows.add(List.copyOf(header));
  }

  public void add(Object... row) {
    add(List.of(row));
  }

  public void add(List<?> row) {
    rows.add(List.copyOf(row));
  }

  public void printTo(Appendable out) throws IOException {
    new CSVPrinter(out, FORMAT).printRecords(rows);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    OutputStreamWriter writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    printTo(writer);
    writer.flush();
  }
}
