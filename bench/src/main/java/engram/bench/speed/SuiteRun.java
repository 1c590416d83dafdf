package engram.bench.speed;

import engram.bench.console.Durations;
import engram.bench.console.Lines;
import engram.bench.measure.Machine;
import engram.bench.measure.Roof;
import engram.bench.record.BestEffort;
import engram.bench.record.Pictures;
import engram.bench.record.RunFolder;
import engram.bench.suite.Job;
import engram.bench.suite.Measurement;
import engram.bench.suite.SlowCases;
import engram.bench.suite.Suite;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs the suite in rounds, in each of which every benchmark has one process: what disturbs a
 * machine for a minute then falls on one process of many rows and not on all of one. A line on the
 * screen for each benchmark as soon as there is one, and files that are whole after each round.
 */
final class SuiteRun {
  private static final String LINE = "%-34s %-9s %9s %8s %6s  %9s%n";

  private final PrintWriter out;
  private final RunFolder folder;
  private final Machine machine = Machine.here();

  /** By name and device. */
  private final Map<String, Measurement> measurements = new LinkedHashMap<>();

  private final StringBuilder log = new StringBuilder();

  SuiteRun(PrintWriter out, RunFolder folder) {
    this.out = out;
    this.folder = folder;
  }

  /**
   * Runs all jobs.
   *
   * @return whether none failed
   */
  boolean run(Suite suite, List<Job> jobs) throws IOException {
    out.print(Lines.wrapped(machine.toString(), 10));
    out.printf(
        "suite     %d benchmarks, %d fork%s of %d + %d iterations of %d ms, %d threads%n%n",
        jobs.size(),
        suite.forks(),
        suite.forks() == 1 ? "" : "s",
        suite.warmUps(),
        suite.iterations(),
        suite.millis(),
        suite.threads());
    printHead();
    out.println("  case");
    List<Job> left = new ArrayList<>(jobs);
    List<String> failed = new ArrayList<>();
    for (int round = 1; round <= suite.forks(); round++) {
      long start = System.nanoTime();
      for (Job job : List.copyOf(left)) {
        Suite.Outcome outcome = measure(suite, job);
        log.append(outcome.log());
        if (outcome.measurement().isEmpty()) {
          left.remove(job);
          failed.add(job.name() + " on " + job.device());
          String line =
              "%-34s %-9s failed: %s".formatted(job.name(), job.device(), outcome.reason());
          out.print(Lines.wrapped(line, 4));
        } else {
          Measurement m = add(outcome.measurement().get());
          if (round == 1) {
            print(m);
            out.print(Lines.wrapped("  " + m.detail(), 4));
          }
        }
        out.flush();
      }
      writeFiles();
      sayWhatIsLeft(suite.forks() - round, System.nanoTime() - start);
    }
    if (suite.forks() > 1) {
      out.printf("%nmedians of all forks%n");
      printHead();
      measurements.values().forEach(this::print);
    }
    drawRoofline();
    saySlow();
    out.printf("%nresults %s%n", folder.path().resolve("bench.md"));
    if (!failed.isEmpty()) {
      out.print(Lines.wrapped("failed: " + String.join(", ", failed), 2));
    }
    out.flush();
    return failed.isEmpty();
  }

  /** The table so far. */
  List<Measurement> measurements() {
    return List.copyOf(measurements.values());
  }

  private void sayWhatIsLeft(int rounds, long nanosOfOne) {
    if (rounds > 0) {
      out.printf(
          "%d round%s left, about %d min%n",
          rounds, rounds == 1 ? "" : "s", Math.ceilDiv(rounds * nanosOfOne, 60_000_000_000L));
      out.flush();
    }
  }

  /** What stays far below its limit, with the reason, or that none is known. */
  private void saySlow() {
    List<Measurement> slow = SlowCases.among(measurements());
    if (slow.isEmpty()) {
      return;
    }
    SlowCases listed = SlowCases.listed();
    out.printf("%nbelow a quarter of the limit, on one thread 20 µs or more%n");
    for (Measurement m : slow) {
      String reason = listed.reason(m).orElse("no reason is known: it is not in slow-cases.txt");
      out.print(Lines.wrapped("  %s  %s".formatted(m.name(), reason), 4));
    }
  }

  private void writeFiles() throws IOException {
    List<Measurement> all = measurements();
    folder.write("jmh.log", log.toString());
    folder.write("bench.csv", file -> SpeedTables.writeCsv(machine, all, file));
    folder.write("forks.csv", SpeedTables.forks(all));
    folder.write("bench.md", file -> SpeedTables.writeMarkdown(machine, all, file));
  }

  /** Everything is held against the highest limits of its kind that any process has seen. */
  private Measurement add(Measurement m) {
    String key = m.name() + " " + m.device();
    measurements.merge(key, m, Measurement::and);
    Map<String, Roof> roofs = new HashMap<>();
    measurements.values().forEach(each -> roofs.merge(each.limited(), each.roof(), Roof::and));
    measurements.replaceAll(
        (_, each) -> each.under(Objects.requireNonNull(roofs.get(each.limited()))));
    return Objects.requireNonNull(measurements.get(key));
  }

  private static Suite.Outcome measure(Suite suite, Job job) {
    try {
      return suite.run(job);
    } catch (RunnerException e) {
      throw new IllegalStateException("cannot start benchmark " + job.name() + ": " + e, e);
    }
  }

  private void printHead() {
    out.printf(LINE, "name", "device", "time", "GFLOP/s", "GB/s", "of limit");
    out.flush();
  }

  private void print(Measurement m) {
    out.printf(
        Locale.ROOT,
        LINE,
        m.name(),
        m.device(),
        Durations.small(m.times().median()),
        m.cost().flops() == 0 ? "-" : String.format(Locale.ROOT, "%.1f", m.gigaflops()),
        String.format(Locale.ROOT, "%.1f", m.gigabytes()),
        SpeedTables.percent(m));
  }

  private void drawRoofline() throws IOException {
    List<Measurement> all = measurements();
    if (!RooflineChart.canDraw(all)) {
      return;
    }
    Pictures pictures = new Pictures(new BestEffort(folder, out::println));
    pictures.write("roofline.png", () -> RooflineChart.draw(all));
    pictures.problem().ifPresent(out::println);
  }
}
