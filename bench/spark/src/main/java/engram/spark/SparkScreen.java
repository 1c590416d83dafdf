package engram.spark;

import engram.bench.console.Durations;
import engram.bench.console.Version;
import engram.bench.record.RunFiles;
import engram.bench.report.Report;
import engram.bench.sweep.SweepPlan;
import engram.bench.sweep.SweepUnit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.apache.spark.SparkConf;
import picocli.CommandLine.ExitCode;

/** Lines for a person: one for each unit that comes to an end, and what all came to. */
final class SparkScreen {
  private final PrintWriter out;
  private final SweepPlan plan;
  private final RemoteSweep sweep;
  private final SequencedMap<SweepUnit, String> broken = new LinkedHashMap<>();
  private final long start = System.nanoTime();
  private final String where;
  private int finished;

  SparkScreen(
      PrintWriter out, SweepPlan plan, RemoteSweep sweep, String sparkVersion, SparkConf conf) {
    this.out = out;
    this.plan = plan;
    this.sweep = sweep;
    where =
        "Spark %s at %s, threads of a unit: %s"
            .formatted(sparkVersion, conf.get("spark.master"), conf.get("spark.task.cpus", "1"));
  }

  /** A unit was finished before. */
  void wasFinished() {
    finished++;
  }

  /** A unit was broken before, and is not tried. */
  void wasBroken(SweepUnit unit, String error) {
    broken.put(unit, error);
  }

  /** All that was there has been told. */
  void begin() {
    out.printf(
        """
        Engram %s   Java %d
        sweep        %s: %d units (%s)
        on           %s
        folder       %s

        """,
        Version.text(),
        Runtime.version().feature(),
        plan.name(),
        plan.units().size(),
        counted(),
        where,
        sweep.path());
    out.flush();
  }

  void finished(SweepUnit unit, double seconds) {
    finished++;
    line(unit, "finished in " + Durations.text(seconds));
  }

  void failed(SweepUnit unit, String error, boolean again) {
    if (!again) {
      broken.put(unit, error);
    }
    line(unit, "failed, %s: %s".formatted(again ? "to be tried again" : "for good", error));
  }

  /** Spark gave a unit up; with the next start it is tried anew. */
  void lost(SweepUnit unit, String why) {
    broken.put(unit, why);
    line(unit, "given up by Spark: " + why);
  }

  private void line(SweepUnit unit, String what) {
    out.printf("%s  %s  %s%n", unit.label(), what, counted());
    out.flush();
  }

  /** {@code 7 of 24 finished, 1 broken}. */
  private String counted() {
    String text = "%d of %d finished".formatted(finished, plan.units().size());
    return broken.isEmpty() ? text : text + ", %d broken".formatted(broken.size());
  }

  /**
   * Says what was reached, and where.
   *
   * @param stopped the exit code of a sweep that was stopped
   * @return the exit code
   */
  int end(Optional<Integer> stopped) throws IOException {
    out.printf("%n%s   %s%n", counted(), Durations.text((System.nanoTime() - start) / 1e9));
    broken.forEach((unit, why) -> out.printf("%s  %s: %s%n", unit.hash(), unit.label(), why));
    if (!broken.isEmpty()) {
      out.println("where it happened: units/HASH.failed.N; again with --retry");
    }
    if (stopped.isPresent()) {
      out.println("interrupted: start it again to go on");
    }
    report();
    out.flush();
    return stopped.orElse(broken.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE);
  }

  /** Of all units that are finished; no failure of it is one of the sweep. */
  private void report() throws IOException {
    if (finished == 0) {
      return;
    }
    if (sweep.local().isEmpty()) {
      out.printf("report:  hadoop fs -get %s sweep  &&  engram report sweep%n", sweep.path());
      return;
    }
    Path folder = sweep.local().get();
    List<Path> runs = new ArrayList<>();
    for (SweepUnit unit : plan.units()) {
      if (sweep.unit(unit.hash()).isFinished()) {
        runs.add(folder.resolve("units").resolve(unit.hash()));
      }
    }
    try {
      Report.writePooled(folder, runs)
          .forEach((run, why) -> out.printf("not in the report: %s: %s%n", run, why));
      out.printf("report %s%n", folder.resolve(RunFiles.REPORT));
    } catch (IOException e) {
      out.printf("no report: %s%n", e.getMessage());
    }
  }
}
