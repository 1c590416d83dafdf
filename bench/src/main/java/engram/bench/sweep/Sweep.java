package engram.bench.sweep;

import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StopRequest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs units here, some at once, until each is finished, by whomever, or broken. Other processes
 * may work in the same folder: each unit is run by one of them at a time.
 */
final class Sweep {
  /** Told in any thread what becomes of units. */
  interface Listener {
    /** A unit begins, or goes on. */
    void started(SweepUnit unit);

    /** Something happens in a unit's run. */
    void event(SweepUnit unit, RunEvent event);

    /** A unit has come to an end, or another process is at it. */
    void now(SweepUnit unit, UnitState state);
  }

  private static final long POLL_MILLIS = 1000;
  private static final long WATCH_MILLIS = 200;

  private final SweepFolder folder;
  private final UnitRunner runner;
  private final int threads;
  private final StopRequest stop;
  private final Listener listener;
  private final Deque<SweepUnit> open = new ArrayDeque<>();
  private final Map<UnitLock, StopRequest> running = new ConcurrentHashMap<>();

  /**
   * A sweep that has not begun.
   *
   * @param threads of each unit
   * @param stop ends it, when each unit under way has left its state
   */
  Sweep(
      SweepFolder folder,
      List<SweepUnit> units,
      UnitRunner runner,
      int threads,
      StopRequest stop,
      Listener listener) {
    this.folder = folder;
    this.runner = runner;
    this.threads = threads;
    this.stop = stop;
    this.listener = listener;
    open.addAll(units);
  }

  /**
   * Runs all units; after a stop it returns when each has saved what it has.
   *
   * @param parallel how many at once
   * @throws IOException if the folder of the sweep cannot be read or written
   */
  void run(int parallel) throws IOException {
    ScheduledExecutorService watch =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    List<Future<?>> workers = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(parallel)) {
      Future<?> _ =
          watch.scheduleWithFixedDelay(this::passOn, 0, WATCH_MILLIS, TimeUnit.MILLISECONDS);
      long beat = UnitLock.BEAT.toMillis();
      Future<?> _ = watch.scheduleWithFixedDelay(this::beat, beat, beat, TimeUnit.MILLISECONDS);
      for (int i = 0; i < parallel; i++) {
        workers.add(
            pool.submit(
                () -> {
                  work();
                  return 0;
                }));
      }
    } finally {
      watch.shutdownNow();
    }
    for (Future<?> worker : workers) {
      result(worker);
    }
  }

  private static void result(Future<?> worker) throws IOException {
    try {
      worker.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while units run", e);
    }
  }

  /** Takes unit after unit until none is left, or there is a stop. */
  private void work() throws IOException, InterruptedException {
    int elsewhere = 0;
    while (!stop.isMade()) {
      SweepUnit unit;
      synchronized (open) {
        // All that is left is in other hands: look again after a while.
        if (elsewhere > 0 && elsewhere >= open.size()) {
          open.wait(POLL_MILLIS);
          elsewhere = 0;
        }
        if (open.isEmpty()) {
          return;
        }
        unit = open.removeFirst();
      }
      Turn turn = turn(unit);
      elsewhere = turn == Turn.ELSEWHERE ? elsewhere + 1 : 0;
      if (turn != Turn.LAST) {
        synchronized (open) {
          open.addLast(unit);
        }
      }
    }
  }

  /** What a unit's turn came to. */
  private enum Turn {
    /** It needs nothing more of us. */
    LAST,
    /** It failed, and is tried again. */
    AGAIN,
    /** Another process is at it; should that die, it is ours. */
    ELSEWHERE
  }

  private Turn turn(SweepUnit unit) throws IOException {
    Optional<UnitLock> taken = folder.lock(unit);
    if (taken.isEmpty()) {
      UnitState state = folder.state(unit);
      listener.now(unit, state);
      return state instanceof UnitState.Finished ? Turn.LAST : Turn.ELSEWHERE;
    }
    try (UnitLock lock = taken.get()) {
      UnitState state = folder.stateOfHeld(unit);
      if (!state.isOver()) {
        state = runHeld(unit, lock);
      }
      listener.now(unit, state);
      if (state instanceof UnitState.Finished) {
        lock.done();
      }
      return state.isOver() ? Turn.LAST : Turn.AGAIN;
    }
  }

  private UnitState runHeld(SweepUnit unit, UnitLock lock) throws IOException {
    StopRequest own = new StopRequest();
    running.put(lock, own);
    listener.started(unit);
    long start = System.nanoTime();
    try {
      if (folder.tries(unit) == SweepFolder.MOST_TRIES - 1) {
        folder.clear(unit); // it may be its state that breaks it
      }
      UnitRunner.Outcome outcome =
          runner.run(unit, folder.of(unit), threads, own, event -> listener.event(unit, event));
      if (outcome == UnitRunner.Outcome.FINISHED && lock.beat()) {
        DoneMark.write(folder.of(unit), unit, (System.nanoTime() - start) / 1e9);
      }
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
      folder.failed(unit, e);
    } finally {
      running.remove(lock);
    }
    return folder.stateOfHeld(unit);
  }

  /** A stop reaches every unit. */
  private void passOn() {
    if (stop.isMade()) {
      running.values().forEach(StopRequest::make);
      synchronized (open) {
        open.notifyAll();
      }
    }
  }

  /** What lost its lock, as on a machine that slept, is somebody else's now. */
  private void beat() {
    running.forEach(
        (lock, own) -> {
          try {
            if (!lock.beat()) {
              own.make();
            }
          } catch (IOException e) {
            // The disk does not answer; at the next beat it may.
          }
        });
  }
}
