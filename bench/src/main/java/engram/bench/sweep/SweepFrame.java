package engram.bench.sweep;

import engram.bench.console.Durations;
import engram.bench.console.Lines;
import engram.bench.console.Version;
import engram.bench.record.RunFiles;
import engram.bench.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What a start of a sweep says before its first unit and behind its last one, wherever they run.
 *
 * @param folder of the sweep, as whoever runs the units names it
 */
public record SweepFrame(PrintWriter out, SweepPlan plan, String folder) {

  /**
   * Says what will be done.
   *
   * @param units which of the plan's, such as {@code 24 units}
   * @param place one word
   * @param how they are run there
   */
  public void begin(String units, String place, String how) {
    out.printf(
        """
        Engram %s   Java %d
        sweep        %s: %s
        %-12s %s
        folder       %s

        """,
        Version.text(), Runtime.version().feature(), plan.name(), units, place, how, folder);
    out.flush();
  }

  /** {@code 24 units (1 finished, 23 waiting)}. */
  public static String counted(Map<SweepUnit, UnitState> states) {
    return states.isEmpty()
        ? "0 units"
        : "%d units (%s)".formatted(states.size(), UnitList.counts(states.values()));
  }

  /** Says what was reached; returns whether a unit is broken. */
  public boolean end(SequencedMap<SweepUnit, UnitState> states, boolean stopped) {
    out.printf("%n%d units: %s%n", states.size(), UnitList.counts(states.values()));
    SequencedMap<SweepUnit, UnitState> broken = new LinkedHashMap<>(states);
    broken.values().removeIf(state -> !state.word().equals("broken"));
    if (!broken.isEmpty()) {
      out.printf("%n%s", UnitList.text(broken));
      out.printf("%nwhere it happened: %s/units/*.failed.*; again with --retry%n", folder);
    }
    if (stopped) {
      out.println("interrupted: start it again to go on");
    }
    out.flush();
    return !broken.isEmpty();
  }

  /**
   * Writes the report, whose failure is none of the sweep.
   *
   * @param at folder of the sweep
   * @param runs folders of all units that are finished, by whomever
   * @param seconds that all took
   */
  public void report(Path at, List<Path> runs, double seconds) {
    if (runs.isEmpty()) {
      return;
    }
    try {
      Report.writePooled(at, runs)
          .forEach((_, why) -> out.print(Lines.wrapped("left out: " + why, 10)));
      out.print(
          Lines.row(
              "report " + at.resolve(RunFiles.REPORT),
              "table " + at.resolve(RunFiles.RESULTS),
              Durations.text(seconds)));
    } catch (IOException e) {
      out.printf("no report: %s%n", e.getMessage());
    }
    out.flush();
  }
}
