package engram.bench.speed;

import engram.bench.console.Durations;
import engram.bench.file.CsvOut;
import engram.bench.measure.Machine;
import engram.bench.suite.Measurement;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The measurements as {@code bench.csv} and {@code bench.md}: times in microseconds, rates in
 * GFLOP/s and GB/s, and the percent of the limit that binds, empty where a limit is not known.
 */
final class SpeedTables {

  private SpeedTables() {}

  /** {@code bench.csv}; lines of the header start with {@code #}. */
  static void writeCsv(Machine machine, Collection<Measurement> measurements, OutputStream out)
      throws IOException {
    for (String line : machine.toString().lines().toList()) {
      out.write(("# " + line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    CsvOut table =
        new CsvOut(
            "name,device,threads,forks,iterations,median_us,fastest_us,slowest_us,gflop_per_s,"
                + "gb_per_s,bound,percent_of_peak,fma_peak_gflop_per_s,copy_peak_gb_per_s,"
                + "allocated_bytes,case");
    for (Measurement m : measurements) {
      table.add(
          m.name(),
          m.device(),
          m.threads(),
          m.times().forks().size(),
          m.times().iterations(),
          micros(m.times().median()),
          micros(m.times().fastest()),
          micros(m.times().slowest()),
          number("%.3f", m.gigaflops()),
          number("%.3f", m.gigabytes()),
          m.hasRoof() ? m.bound() : "",
          m.hasRoof() ? number("%.2f", m.percent()) : "",
          m.hasRoof() ? number("%.1f", m.roof().gigaflops()) : "",
          m.hasRoof() ? number("%.1f", m.roof().gigabytes()) : "",
          Math.round(m.allocated()),
          m.detail());
    }
    table.writeTo(out);
  }

  /** {@code forks.csv}: the median of each process, which {@code bench diff} compares. */
  static CsvOut forks(Collection<Measurement> measurements) {
    CsvOut table = new CsvOut("name,device,threads,fork,iterations,median_us");
    for (Measurement m : measurements) {
      List<Double> medians = m.times().forkMedians();
      for (int i = 0; i < medians.size(); i++) {
        table.add(
            m.name(),
            m.device(),
            m.threads(),
            i + 1,
            m.times().forks().get(i).size(),
            micros(medians.get(i)));
      }
    }
    return table;
  }

  /** {@code bench.md}. */
  static void writeMarkdown(Machine machine, Collection<Measurement> measurements, OutputStream out)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# Measured speed");
    lines.add("");
    machine.toString().lines().forEach(line -> lines.add("- " + line.replaceAll(" {2,}", ": ")));
    lines.add(
        "- percent: of the FMA peak or of the rate of copying main memory, whichever binds, both"
            + " measured in the same processes; what stays in caches can pass the latter");
    lines.add("");
    lines.add("| name | device | threads | time | GFLOP/s | GB/s | percent of peak | case |");
    lines.add("| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |");
    for (Measurement m : measurements) {
      lines.add(
          "| %s | %s | %s | %s | %s | %s | %s | %s |"
              .formatted(
                  m.name(),
                  m.device(),
                  m.threads(),
                  Durations.small(m.times().median()),
                  number("%.1f", m.gigaflops()),
                  number("%.1f", m.gigabytes()),
                  percent(m),
                  m.detail()));
    }
    out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** {@code 85.2 % fma}, or a dash where the limits are not known. */
  static String percent(Measurement m) {
    return m.hasRoof() ? number("%.1f", m.percent()) + " % " + m.bound() : "-";
  }

  private static String micros(double seconds) {
    return number("%.4f", 1e6 * seconds);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
