package engram.bench.sweep;

import engram.bench.console.Durations;
import engram.bench.console.Lines;
import engram.bench.console.Screen;
import engram.bench.console.StopSignals;
import engram.bench.console.Version;
import engram.bench.record.RunFiles;
import engram.bench.report.Report;
import engram.bench.track.Targets;
import engram.cl.experiment.StopRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import picocli.CommandLine.ExitCode;

/**
 * One start of a sweep, from what it says first to the report at its end.
 *
 * @param part of the units that is done here
 * @param parallel how many at once
 * @param threads of all together
 * @param retry whether broken units are tried anew
 */
record SweepSession(
    SweepPlan plan, Shard part, SweepFolder folder, int parallel, int threads, boolean retry) {

  /**
   * Runs the units and says how it ended.
   *
   * @return the exit code
   */
  int run(OpenData data, Targets trackers, PrintWriter out) throws IOException {
    long start = System.nanoTime();
    folder.create(plan);
    List<SweepUnit> units = part.of(plan.units());
    if (retry) {
      for (SweepUnit unit : units) {
        folder.forgive(unit);
      }
    }
    SequencedMap<SweepUnit, UnitState> before = folder.states(units);
    int together = Math.min(parallel, Math.max(1, units.size()));
    int each = Math.max(1, threads / together);
    header(out, before, together, each);
    StopRequest stop = new StopRequest();
    SweepScreen screen = new SweepScreen(out, Screen.isTerminal(), before, together);
    int exitCode = ExitCode.OK;
    try (StopSignals signals = StopSignals.listen(stop, System.err)) {
      new Sweep(folder, units, new RunUnits(data, trackers, screen::notice), each, stop, screen)
          .run(together);
      if (stop.isMade()) {
        exitCode = signals.exitCode();
      }
    } finally {
      screen.end();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    boolean broken = end(out, folder.states(units), stop.isMade(), seconds);
    return broken && exitCode == ExitCode.OK ? ExitCode.SOFTWARE : exitCode;
  }

  private void header(PrintWriter out, Map<SweepUnit, UnitState> states, int together, int each) {
    String shard =
        part.equals(Shard.ALL) ? "" : ", shard %d/%d".formatted(part.number(), part.count());
    out.printf(
        """
        Engram %s   Java %d
        sweep        %s: %d units%s
        here         %d units%s, %s at once, %s each
        folder       %s

        """,
        Version.text(),
        Runtime.version().feature(),
        plan.name(),
        plan.units().size(),
        shard,
        states.size(),
        states.isEmpty() ? "" : " (%s)".formatted(UnitList.counts(states.values())),
        together,
        each == 1 ? "1 thread" : each + " threads",
        folder.path());
    out.flush();
  }

  /** Says what was reached; returns whether a unit is broken. */
  private boolean end(
      PrintWriter out, SequencedMap<SweepUnit, UnitState> states, boolean stopped, double seconds)
      throws IOException {
    out.printf("%n%d units: %s%n", states.size(), UnitList.counts(states.values()));
    SequencedMap<SweepUnit, UnitState> broken = new LinkedHashMap<>(states);
    broken.values().removeIf(state -> !state.word().equals("broken"));
    if (!broken.isEmpty()) {
      out.printf("%n%s", UnitList.text(broken));
      out.printf("%nwhere it happened: %s; again with --retry%n", folder.failures());
    }
    if (stopped) {
      out.println("interrupted: start it again to go on");
    }
    report(out, seconds);
    out.flush();
    return !broken.isEmpty();
  }

  /** Of all units that are finished, by whomever; no failure of it is one of the sweep. */
  private void report(PrintWriter out, double seconds) throws IOException {
    List<Path> finished =
        folder.states(plan.units()).entrySet().stream()
            .filter(unit -> unit.getValue() instanceof UnitState.Finished)
            .map(unit -> folder.of(unit.getKey()))
            .toList();
    if (finished.isEmpty()) {
      return;
    }
    try {
      Report.writePooled(folder.path(), finished)
          .forEach((_, why) -> out.print(Lines.wrapped("left out: " + why, 10)));
      out.print(
          Lines.row(
              "report " + folder.path().resolve(RunFiles.REPORT),
              "table " + folder.path().resolve(RunFiles.RESULTS),
              Durations.text(seconds)));
    } catch (IOException e) {
      out.printf("no report: %s%n", e.getMessage());
    }
  }
}
