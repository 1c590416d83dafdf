package engram.bench.sweep;

import engram.bench.console.Screen;
import engram.bench.console.StopSignals;
import engram.bench.track.Targets;
import engram.cl.experiment.StopRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
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
    SweepFrame frame = new SweepFrame(out, plan, folder.path().toString());
    frame.begin(
        "%d units%s".formatted(plan.units().size(), shard()),
        "here",
        "%s, %s at once, %s each"
            .formatted(
                SweepFrame.counted(before), together, each == 1 ? "1 thread" : each + " threads"));
    StopRequest stop = new StopRequest();
    SweepScreen screen = new SweepScreen(out, Screen.isTerminal(), before);
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
    boolean broken = frame.end(folder.states(units), stop.isMade());
    frame.report(folder.path(), finished(), (System.nanoTime() - start) / 1e9);
    return broken && exitCode == ExitCode.OK ? ExitCode.SOFTWARE : exitCode;
  }

  private String shard() {
    return part.equals(Shard.ALL) ? "" : ", shard %d/%d".formatted(part.number(), part.count());
  }

  private List<Path> finished() throws IOException {
    return folder.states(plan.units()).entrySet().stream()
        .filter(unit -> unit.getValue() instanceof UnitState.Finished)
        .map(unit -> folder.of(unit.getKey()))
        .toList();
  }
}
