package engram.bench.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How many inputs each parser was given, and what they found; kept in a file for each process. */
final class Totals {
  private static final String HEAD = "parser\tinputs\taccepted\tprocessor seconds";

  private final Map<String, Count> counts = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();

  /**
   * Of one parser.
   *
   * @param seconds of the processor
   */
  private record Count(long inputs, long accepted, double seconds) {
    Count plus(Count other) {
      return new Count(inputs + other.inputs, accepted + other.accepted, seconds + other.seconds);
    }

    String row(String name) {
      return String.format(
          Locale.ROOT,
          "%-32s%,14d%,14d%,12.0f%,12.0f",
          name,
          inputs,
          accepted,
          seconds,
          inputs / Math.max(seconds, 1e-3));
    }
  }

  void add(String parser, Fuzzer.Outcome outcome, double seconds) {
    count(parser, new Count(outcome.inputs(), outcome.accepted(), seconds));
    outcome.fault().ifPresent(faults::add);
  }

  private void count(String parser, Count count) {
    counts.merge(parser, count, Count::plus);
  }

  boolean isFaultless() {
    return faults.isEmpty();
  }

  /** Writes those of a process. */
  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder(HEAD + "\n");
    counts.forEach(
        (name, count) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%s\t%d\t%d\t%.3f\n",
                    name,
                    count.inputs,
                    count.accepted,
                    count.seconds)));
    faults.forEach(fault -> text.append(fault.indent(2)));
    replace(file, text.toString());
  }

  /** Those of all processes that write into a folder. */
  static Totals of(Path folder) throws IOException {
    Totals all = new Totals();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".tsv")).sorted().toList()) {
        Files.readString(file).lines().skip(1).forEach(all::read);
      }
    }
    return all;
  }

  private void read(String line) {
    if (line.startsWith("  ")) {
      faults.add(line);
    } else {
      String[] cells = line.split("\t", -1);
      count(
          cells[0],
          new Count(
              Long.parseLong(cells[1]), Long.parseLong(cells[2]), Double.parseDouble(cells[3])));
    }
  }

  /** A line for each parser, then all together, then the faults. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%-32s%14s%14s%12s%12s\n".formatted("parser", "inputs", "accepted", "cpu s", "inputs/s"));
    Count all = new Count(0, 0, 0);
    for (Map.Entry<String, Count> entry : counts.entrySet()) {
      text.append(entry.getValue().row(entry.getKey())).append('\n');
      all = all.plus(entry.getValue());
    }
    text.append(all.row("%d parsers".formatted(counts.size()))).append('\n');
    text.append(faults.isEmpty() ? "no faults\n" : "faults:\n" + String.join("\n", faults) + "\n");
    return text.toString();
  }

  /** Whole at any time: others read it. */
  static void replace(Path file, String text) throws IOException {
    Path part = Files.createTempFile(file.toAbsolutePath().getParent(), ".fuzz", ".part");
    Files.write(part, text.getBytes(UTF_8));
    Files.move(part, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }
}
