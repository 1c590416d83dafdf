package engram.cl.experiment;

import engram.cl.result.StrategyRun;
import engram.cl.state.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Puts the states of an experiment together and hands over those that are due, and at a stop the
 * last one. A state has these parts:
 *
 * <pre>
 * runs/      what strategies reached that are done
 * diverged/  strategies whose training diverged
 * seed       of the strategy that is under way or comes next, and its name, "strategy"
 * saving     seconds that states have taken so far
 * beginning/ the network from which all strategies of this seed start, where it was pre-trained
 * task/      the strategy at the start of the task that is under way; missing where it did not begin
 * now/       the same after the last step; missing at the start of a task
 * </pre>
 */
final class StateKeeper {
  static final String RUNS = "runs";
  static final String DIVERGED = "diverged";
  static final String BEGINNING = "beginning";
  static final String TASK = "task";
  static final String NOW = "now";
  static final String SAVING = "saving";

  private final Optional<StateSink> sink;
  private final List<StrategyRun> runs = new ArrayList<>();
  private final List<RunEvent.StrategyDiverged> diverged = new ArrayList<>();
  private Optional<Snapshot> beginning = Optional.empty();
  private Optional<Snapshot> task = Optional.empty();
  private Optional<Snapshot> unsaved = Optional.empty();
  private String strategy = "";
  private long seed;
  private double secondsBefore;
  private long nanos;

  StateKeeper(Optional<StateSink> sink) {
    this.sink = sink;
  }

  /**
   * Wall time that training waited for states, by now: they are taken, put together, written and
   * forced to disk in its thread.
   */
  double seconds() {
    return secondsBefore + nanos / 1e9;
  }

  /** The experiment goes on: former processes spent this. */
  void continueFrom(double seconds) {
    secondsBefore = seconds;
  }

  /** A strategy is done. */
  void done(StrategyRun run) {
    runs.add(run);
  }

  /** A strategy diverged. */
  void diverged(RunEvent.StrategyDiverged one) {
    diverged.add(one);
  }

  /** Strategies of another seed begin with this network, which is not to be trained again. */
  void beginSeed(Optional<Snapshot> network) {
    beginning = network;
  }

  /** A strategy is to begin. */
  void beginStrategy(String name, long ofSeed) {
    continueStrategy(name, ofSeed);
    timed(() -> offer(Optional.empty()));
  }

  /**
   * A strategy goes on with a task that it had come to; nothing is handed over: what others
   * remember by now does not belong to its start.
   */
  void continueStrategy(String name, long ofSeed) {
    strategy = name;
    seed = ofSeed;
    task = Optional.empty();
  }

  /** A task is to begin. */
  void beginTask(Supplier<Snapshot> start) {
    if (sink.isPresent()) {
      timed(
          () -> {
            task = Optional.of(start.get());
            offer(Optional.empty());
          });
    }
  }

  /** A task was just begun, where it was before; nothing is handed over. */
  void continueTask(Supplier<Snapshot> start) {
    if (sink.isPresent()) {
      timed(() -> task = Optional.of(start.get()));
    }
  }

  /** An epoch is done: its state is looked at if one is due. */
  void endEpoch(Supplier<Snapshot> now) {
    if (sink.isPresent() && isDue(sink.get())) {
      timed(() -> offer(Optional.of(now.get())));
    }
  }

  /** The last step of a task, or before a stop: its state is kept whether one is due or not. */
  void keep(Supplier<Snapshot> now) {
    if (sink.isPresent()) {
      timed(() -> offer(Optional.of(now.get())));
    }
  }

  /** There was a stop: what was not handed over is now. */
  void stop() {
    sink.ifPresent(into -> unsaved.ifPresent(state -> timed(() -> into.accept(state))));
    unsaved = Optional.empty();
  }

  private boolean isDue(StateSink into) {
    return into.isDue(Duration.ofNanos(nanos));
  }

  private void timed(Runnable work) {
    long start = System.nanoTime();
    work.run();
    nanos += System.nanoTime() - start;
  }

  private void offer(Optional<Snapshot> now) {
    if (sink.isEmpty()) {
      return;
    }
    Snapshot state = new Snapshot();
    ResultState.runs(state.taking().in(RUNS), runs);
    ResultState.diverged(state.taking().in(DIVERGED), diverged);
    state.taking().text("strategy", strategy);
    state.taking().number("seed", seed);
    state.taking().real(SAVING, seconds());
    beginning.ifPresent(part -> state.add(BEGINNING, part));
    task.ifPresent(part -> state.add(TASK, part));
    now.ifPresent(part -> state.add(NOW, part));
    sink.get().complete(state);
    if (isDue(sink.get())) {
      sink.get().accept(state);
      unsaved = Optional.empty();
    } else {
      unsaved = Optional.of(state);
    }
  }
}
