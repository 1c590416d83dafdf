package engram.bench.file;

import engram.base.WholeFile;
import engram.cl.state.State;
import engram.cl.state.Stateful;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** A table as CSV (RFC 4180, but a line ends in a line feed): it grows and is written whole. */
public final class CsvOut implements WholeFile.Content, Stateful {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private final List<String> header;
  private final List<List<?>> rows = new ArrayList<>();

  /** A table of no rows yet; its header as it stands in the file, such as {@code seed,task}. */
  public CsvOut(String header) {
    this(List.of(header.split(",")));
  }

  /** The same with a header that is put together. */
  public CsvOut(List<String> header) {
    this.header = new ArrayList<>(header);
  }

  public void add(Object... row) {
    add(List.of(row));
  }

  /** Adds a row; what it does not have of the last columns is empty. */
  public void add(List<?> row) {
    rows.add(List.copyOf(row));
  }

  /** Number of a column from 0; a new one becomes the last, and is empty in the rows before. */
  public int column(String name) {
    if (!header.contains(name)) {
      header.add(name);
    }
    return header.indexOf(name);
  }

  public void printTo(Appendable out) throws IOException {
    CSVPrinter printer = new CSVPrinter(out, FORMAT);
    printer.printRecord(header);
    for (List<?> row : rows) {
      List<Object> whole = new ArrayList<>(row);
      whole.addAll(Collections.nCopies(header.size() - row.size(), ""));
      printer.printRecord(whole);
    }
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    OutputStreamWriter writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    printTo(writer);
    writer.flush();
  }

  /** Remembers the table as its file. */
  @Override
  public void state(State state) {
    try {
      ByteArrayOutputStream now = new ByteArrayOutputStream();
      writeTo(now);
      String text = now.toString(StandardCharsets.UTF_8);
      byte[] same = state.bytes("csv", now.toByteArray());
      String restored = new String(same, StandardCharsets.UTF_8);
      if (!restored.equals(text)) {
        restore(restored);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void restore(String text) throws IOException {
    header.clear();
    rows.clear();
    try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
      for (CSVRecord row : parser) {
        if (header.isEmpty()) {
          header.addAll(row.toList());
        } else {
          rows.add(row.toList());
        }
      }
    }
  }
}
