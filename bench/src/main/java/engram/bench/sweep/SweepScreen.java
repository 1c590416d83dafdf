package engram.bench.sweep;

import engram.bench.console.Durations;
import engram.bench.console.Lines;
import engram.cl.experiment.EpochId;
import engram.cl.experiment.RunEvent;
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
public final class SweepScreen implements Sweep.Listener {
  private static final int COLUMNS = 79;
  private static final int BAR = 20;
  private static final long DRAW_NANOS = 100_000_000;

  /** A unit under way. */
  private record Under(double share, String where) {}

  private final PrintWriter out;
  private final boolean terminal;
  private final SequencedMap<SweepUnit, UnitState> states = new LinkedHashMap<>();
  private final SequencedMap<SweepUnit, Under> running = new LinkedHashMap<>();
  private final Map<SweepUnit, String> reached = new LinkedHashMap<>();
  private final TimeLeft time = new TimeLeft();
  private int parallel = 1;
  private long drawn;
  private int lines;

  /**
   * @param states how far each unit is at the start
   * @param terminal whether lines can be drawn over
   */
  public SweepScreen(PrintWriter out, boolean terminal, SequencedMap<SweepUnit, UnitState> states) {
    this.out = out;
    this.terminal = terminal;
    this.states.putAll(states);
    states.forEach(this::learn);
  }

  private void learn(SweepUnit unit, UnitState state) {
    // One that diverged says nothing of how long the others take.
    if (state instanceof UnitState.Finished(double seconds, var diverged) && diverged.isEmpty()) {
      time.add(unit, seconds);
    }
  }

  @Override
  public void started(SweepUnit unit) {
    started(unit, "started");
  }

  /**
   * A unit begins, or goes on.
   *
   * @param how in words, such as {@code started on node3}
   */
  public synchronized void started(SweepUnit unit, String how) {
    if (states.getOrDefault(unit, new UnitState.Waiting()).isOver()) {
      return; // told late
    }
    running.put(unit, new Under(0, ""));
    parallel = Math.max(parallel, running.size());
    if (!terminal) {
      line(unit.label() + "  " + how);
    }
    draw(true);
  }

  @Override
  public synchronized void event(SweepUnit unit, RunEvent event) {
    switch (event) {
      case RunEvent.EpochProgress progress -> {
        EpochId id = progress.id();
        String where =
            "task %d/%d  epoch %d/%d"
                .formatted(id.task() + 1, id.tasks(), id.epoch() + 1, id.epochs());
        progress(unit, UnitProgress.share(progress), where);
      }
      case RunEvent.ExperimentFinished end ->
          UnitProgress.reached(end).ifPresent(what -> reached(unit, what));
      default -> {}
    }
  }

  /**
   * A unit that runs is so far.
   *
   * @param share of it that is done
   * @param where in words
   */
  public synchronized void progress(SweepUnit unit, double share, String where) {
    running.computeIfPresent(unit, (_, _) -> new Under(share, where));
    draw(false);
  }

  /** What a unit has come to, in words, told before that it is finished. */
  public synchronized void reached(SweepUnit unit, String what) {
    reached.put(unit, what);
  }

  /** A unit does not run any more, for a reason that is not its own; it will again. */
  public synchronized void lost(SweepUnit unit, String why) {
    running.remove(unit);
    line(unit.label() + "  " + why);
    draw(true);
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
          case UnitState.Finished(double seconds, var diverged) ->
              "%s  %s"
                  .formatted(
                      diverged.orElse(reached.getOrDefault(unit, "finished")),
                      Durations.text(seconds));
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

  /** {@code 7 of 24 finished (1 diverged), 2:10:00 left}. */
  private String counted() {
    long finished = states.values().stream().filter(UnitState.Finished.class::isInstance).count();
    long diverged = states.values().stream().filter(s -> s.word().equals("diverged")).count();
    long broken = states.values().stream().filter(UnitState::isOver).count() - finished;
    StringBuilder text = new StringBuilder("%d of %d finished".formatted(finished, states.size()));
    if (diverged > 0) {
      text.append(" (").append(diverged).append(" diverged)");
    }
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
  public synchronized void notice(String text) {
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
  public synchronized void end() {
    clear();
    out.flush();
  }
}
