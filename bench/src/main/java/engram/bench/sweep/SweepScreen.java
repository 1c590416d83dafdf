package engram.bench.sweep;

import engram.bench.console.Durations;
import engram.bench.console.Lines;
import engram.cl.experiment.EpochId;
import engram.cl.experiment.RunEvent;
import engram.cl.result.StrategySummary;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/**
 * One screen for all units: a line for each that comes to an end, and on a terminal, below them, a
 * bar for each that runs and one line with all counted and the time left, drawn over and over.
 */
final class SweepScreen implements Sweep.Listener {
  private static final int COLUMNS = 79;
  private static final int BAR = 20;
  private static final long DRAW_NANOS = 100_000_000;

  /** A unit under way. */
  private record Under(long start, double share, String where) {}

  private final PrintWriter out;
  private final boolean terminal;
  private final int parallel;
  private final SequencedMap<SweepUnit, UnitState> states = new LinkedHashMap<>();
  private final SequencedMap<SweepUnit, Under> running = new LinkedHashMap<>();
  private final Map<SweepUnit, String> reached = new LinkedHashMap<>();
  private final TimeLeft time = new TimeLeft();
  private long drawn;
  private int lines;

  /**
   * @param states how far each unit is at the start
   * @param terminal whether lines can be drawn over
   * @param parallel how many units run at once
   */
  SweepScreen(
      PrintWriter out, boolean terminal, SequencedMap<SweepUnit, UnitState> states, int parallel) {
    this.out = out;
    this.terminal = terminal;
    this.parallel = parallel;
    this.states.putAll(states);
    states.forEach(this::learn);
  }

  private void learn(SweepUnit unit, UnitState state) {
    if (state instanceof UnitState.Finished(double seconds)) {
      time.add(unit, seconds);
    }
  }

  @Override
  public synchronized void started(SweepUnit unit) {
    running.put(unit, new Under(System.nanoTime(), 0, ""));
    if (!terminal) {
      line(unit.label() + "  started");
    }
    draw(true);
  }

  @Override
  public synchronized void event(SweepUnit unit, RunEvent event) {
    switch (event) {
      case RunEvent.EpochProgress progress -> {
        EpochId id = progress.id();
        double ofEpoch = (double) progress.images() / Math.max(1, progress.totalImages());
        double ofTask = (id.epoch() + ofEpoch) / id.epochs();
        String where =
            "task %d/%d  epoch %d/%d"
                .formatted(id.task() + 1, id.tasks(), id.epoch() + 1, id.epochs());
        running.computeIfPresent(
            unit, (_, at) -> new Under(at.start(), (id.task() + ofTask) / id.tasks(), where));
        draw(false);
      }
      case RunEvent.ExperimentFinished end when !end.runs().isEmpty() -> {
        double accuracy = StrategySummary.of(end.runs()).getFirst().finalAccuracy().mean();
        reached.put(unit, String.format(Locale.ROOT, "accuracy %.1f %%", accuracy));
      }
      default -> {}
    }
  }

  @Override
  public synchronized void now(SweepUnit unit, UnitState state) {
    boolean ours = running.remove(unit) != null;
    UnitState before = states.put(unit, state);
    if (ours) {
      learn(unit, state);
    }
    if (ours || !state.equals(before)) {
      tell(unit, state);
    }
    draw(true);
  }

  private void tell(SweepUnit unit, UnitState state) {
    String what =
        switch (state) {
          case UnitState.Finished(double seconds) ->
              "%s  %s".formatted(reached.getOrDefault(unit, "finished"), Durations.text(seconds));
          case UnitState.Running(String owner) -> "is run by " + owner;
          case UnitState.Interrupted _ -> "interrupted";
          case UnitState.Failed(String error, int tries) ->
              "failed, %s: %s"
                  .formatted(
                      tries < SweepFolder.MOST_TRIES ? "to be tried again" : "for good", error);
          case UnitState.Waiting _ -> "not begun";
        };
    line("%s  %s%s".formatted(unit.label(), what, terminal ? "" : "  " + counted()));
  }

  /** {@code 7 of 24 finished, 2:10:00 left}. */
  private String counted() {
    long finished = states.values().stream().filter(UnitState.Finished.class::isInstance).count();
    long broken = states.values().stream().filter(UnitState::isOver).count() - finished;
    StringBuilder text = new StringBuilder("%d of %d finished".formatted(finished, states.size()));
    if (broken > 0) {
      text.append(", ").append(broken).append(" broken");
    }
    List<SweepUnit> waiting =
        states.entrySet().stream()
            .filter(unit -> !unit.getValue().isOver() && !running.containsKey(unit.getKey()))
            .map(Map.Entry::getKey)
            .toList();
    Map<SweepUnit, Double> under = new LinkedHashMap<>();
    running.forEach((unit, at) -> under.put(unit, 1 - at.share()));
    if (!waiting.isEmpty() || !under.isEmpty()) {
      time.seconds(waiting, under, parallel)
          .ifPresent(left -> text.append(", ").append(Durations.clock(left)).append(" left"));
    }
    return text.toString();
  }

  /** A line that a person should see. */
  synchronized void notice(String text) {
    line(text);
    draw(true);
  }

  private void line(String text) {
    clear();
    out.print(Lines.wrapped(text, 4));
    out.flush();
  }

  /** Draws what is under way anew; not more often than an eye sees unless it must. */
  private void draw(boolean must) {
    if (!terminal || !must && System.nanoTime() - drawn < DRAW_NANOS) {
      return;
    }
    clear();
    List<String> panel = new ArrayList<>();
    running.forEach((unit, at) -> panel.add(bar(unit.label(), at)));
    panel.add(counted());
    panel.forEach(text -> out.println(cut(text, COLUMNS)));
    out.flush();
    lines = panel.size();
    drawn = System.nanoTime();
  }

  private static String bar(String label, Under at) {
    int full = (int) (at.share() * BAR);
    String bar =
        "━".repeat(full) + (full < BAR ? "╸" : "") + "─".repeat(Math.max(0, BAR - full - 1));
    String right = String.format(Locale.ROOT, "%s  %s %3.0f %%", at.where(), bar, 100 * at.share());
    int room = Math.max(10, COLUMNS - right.length() - 2);
    String left = cut(label, room);
    return left + " ".repeat(room - left.length() + 2) + right;
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  /** Takes the lines away that were drawn last. */
  private void clear() {
    if (lines > 0) {
      out.print("\033[%dA\033[J".formatted(lines)); // up so many lines, then empty to the end
      lines = 0;
    }
  }

  /** Leaves the last lines above whatever comes next. */
  synchronized void end() {
    clear();
    out.flush();
  }
}
