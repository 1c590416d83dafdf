package engram.bench.speed;

import engram.bench.console.Lines;
import engram.bench.measure.Machine;
import engram.bench.measure.Roof;
import engram.bench.record.Pictures;
import engram.bench.record.RunFolder;
import engram.bench.suite.Job;
import engram.bench.suite.Measurement;
import engram.bench.suite.Suite;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.runner.RunnerException;

/** Runs the suite: a line on the screen for each benchmark, and files that are whole after each. */
final class SuiteRun {
  private static final String LINE = "%-34s %-9s %9s %8s %6s  %9s%n";

  private final PrintWriter out;
  private final RunFolder folder;
  private final Machine machine = Machine.here();
  private final List<Measurement> measurements = new ArrayList<>();
  private final Map<String, Roof> roofs = new HashMap<>();
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
    out.printf(LINE, "name", "device", "time", "GFLOP/s", "GB/s", "of limit");
    out.println("  case");
    out.flush();
    List<String> failed = new ArrayList<>();
    for (Job job : jobs) {
      Suite.Outcome outcome = measure(suite, job);
      log.append(outcome.log());
      outcome.measurement().ifPresent(this::add);
      if (outcome.measurement().isEmpty()) {
        failed.add(job.name() + " on " + job.device());
        String line = "%-34s %-9s failed: %s".formatted(job.name(), job.device(), outcome.reason());
        out.print(Lines.wrapped(line, 4));
      }
      out.flush();
      folder.write("jmh.log", log.toString());
      folder.write("bench.csv", file -> SpeedTables.writeCsv(machine, measurements, file));
      folder.write("bench.md", file -> SpeedTables.writeMarkdown(machine, measurements, file));
    }
    drawRoofline();
    out.printf("%nresults %s%n", folder.path().resolve("bench.md"));
    if (!failed.isEmpty()) {
      out.print(Lines.wrapped("failed: " + String.join(", ", failed), 2));
    }
    out.flush();
    return failed.isEmpty();
  }

  /** Everything is held against the highest limits of its kind that any process has seen. */
  private void add(Measurement m) {
    roofs.merge(
        m.limited(),
        m.roof(),
        (a, b) ->
            new Roof(
                Math.max(a.gigaflops(), b.gigaflops()), Math.max(a.gigabytes(), b.gigabytes())));
    measurements.add(m);
    measurements.replaceAll(
        other -> other.under(Objects.requireNonNull(roofs.get(other.limited()))));
    print(measurements.getLast());
  }

  private static Suite.Outcome measure(Suite suite, Job job) {
    try {
      return suite.run(job);
    } catch (RunnerException e) {
      throw new IllegalStateException("cannot start benchmark " + job.name() + ": " + e, e);
    }
  }

  private void print(Measurement m) {
    out.printf(
        Locale.ROOT,
        LINE,
        m.name(),
        m.device(),
        SpeedTables.time(m.times().median()),
        m.cost().flops() == 0 ? "-" : String.format(Locale.ROOT, "%.1f", m.gigaflops()),
        String.format(Locale.ROOT, "%.1f", m.gigabytes()),
        SpeedTables.percent(m));
    out.print(Lines.wrapped("  " + m.detail(), 4));
  }

  private void drawRoofline() throws IOException {
    if (!RooflineChart.canDraw(measurements)) {
      return;
    }
    Pictures pictures = new Pictures(folder);
    pictures.write("roofline.png", () -> RooflineChart.draw(measurements));
    pictures.problem().ifPresent(out::println);
  }
}
