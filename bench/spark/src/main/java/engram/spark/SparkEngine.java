package engram.spark;

import engram.bench.console.StopSignals;
import engram.bench.sweep.SweepEngine;
import engram.bench.sweep.SweepFolder;
import engram.bench.sweep.SweepPlan;
import engram.bench.sweep.SweepUnit;
import engram.cl.experiment.StopRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The driver of a sweep on Apache Spark. Each unit is a job of one task, so that one whose task
 * Spark gives up ends no other.
 */
public final class SparkEngine implements SweepEngine {
  private static final long LOOK_MILLIS = 200;
  private static final int SECONDS_TO_SAVE = 60;

  @Override
  public int run(Order order, PrintWriter screen) throws IOException {
    SparkJvm.check();
    SparkConf conf = SparkSettings.of(order, new SparkConf());
    StopRequest stop = new StopRequest();
    try (JavaSparkContext spark = context(conf);
        StopSignals signals = StopSignals.listen(stop, System.err)) {
      RemoteSweep sweep = RemoteSweep.at(order.to(), spark.hadoopConfiguration());
      SparkScreen lines = new SparkScreen(screen, order.plan(), sweep, spark.version(), conf);
      new Driver(spark, order.plan(), sweep, stop, lines).run(order.retry());
      return lines.end(stop.isMade() ? Optional.of(signals.exitCode()) : Optional.empty());
    }
  }

  private static JavaSparkContext context(SparkConf conf) throws IOException {
    try {
      return new JavaSparkContext(conf);
    } catch (Exception e) {
      throw new IOException(
          "no Spark at %s: %s"
              .formatted(conf.get("spark.master", "an unnamed master"), SweepFolder.message(e)),
          e);
    }
  }

  /** What a task of a unit came to: how the unit ended, or why Spark gave the task up. */
  private record Turn(SweepUnit unit, Optional<UnitEnd> end, String lost) {}

  /** One start of a sweep. */
  private record Driver(
      JavaSparkContext spark,
      SweepPlan plan,
      RemoteSweep sweep,
      StopRequest stop,
      SparkScreen screen) {

    void run(boolean retry) throws IOException {
      sweep.create(plan);
      List<SweepUnit> open = new ArrayList<>();
      for (SweepUnit unit : plan.units()) {
        if (retry) {
          sweep.forgive(unit.hash());
        }
        int tries = sweep.tries(unit.hash());
        if (sweep.unit(unit.hash()).isFinished()) {
          screen.wasFinished();
        } else if (tries >= SweepFolder.MOST_TRIES) {
          screen.wasBroken(unit, sweep.error(unit.hash(), tries));
        } else {
          open.add(unit);
        }
      }
      screen.begin();
      try (ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor()) {
        try {
          runAll(open, new ExecutorCompletionService<>(waiting));
        } finally {
          waiting.shutdownNow();
        }
      }
    }

    private void runAll(List<SweepUnit> open, CompletionService<Turn> turns) throws IOException {
      UnitTask task = new UnitTask(plan.name(), plan.text(), sweep.path().toString());
      for (SweepUnit unit : open) {
        turns.submit(() -> turn(unit, task));
      }
      int running = open.size();
      boolean cancelled = false;
      while (running > 0) {
        if (spark.sc().isStopped()) {
          throw new IOException(
              "Spark has ended this application, see its log; start again to go on");
        }
        if (stop.isMade() && !cancelled) {
          cancelled = true;
          spark.sc().cancelAllJobs();
        }
        Optional<Turn> turn = next(turns);
        if (turn.isPresent()) {
          running--;
          if (!cancelled && ended(turn.get())) {
            turns.submit(() -> turn(turn.get().unit(), task));
            running++;
          }
        }
      }
      if (cancelled) {
        letTasksSave();
      }
    }

    private Turn turn(SweepUnit unit, UnitTask task) {
      try {
        spark.sc().setJobDescription(unit.label());
        UnitEnd end = spark.parallelize(List.of(unit.hash()), 1).map(task).collect().getFirst();
        return new Turn(unit, Optional.of(end), "");
      } catch (Exception e) {
        return new Turn(unit, Optional.empty(), lost(e));
      }
    }

    private static Optional<Turn> next(CompletionService<Turn> turns) {
      try {
        Future<Turn> turn = turns.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return turn == null ? Optional.empty() : Optional.of(turn.get());
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Notes how a turn ended; returns whether its unit is to be tried again. */
    private boolean ended(Turn turn) throws IOException {
      SweepUnit unit = turn.unit();
      if (turn.end().isEmpty()) {
        screen.lost(unit, turn.lost());
        return false;
      }
      switch (turn.end().get()) {
        case UnitEnd.Finished(double seconds) -> screen.finished(unit, seconds);
        case UnitEnd.Interrupted _ -> {} // only where the sweep is stopped
        case UnitEnd.Failed(String message, String text) -> {
          sweep.failed(unit.hash(), text);
          int tries = sweep.tries(unit.hash());
          boolean again = tries < SweepFolder.MOST_TRIES;
          screen.failed(unit, message, again);
          if (tries == SweepFolder.MOST_TRIES - 1) {
            sweep.clear(unit.hash()); // it may be its state that breaks it
          }
          return again;
        }
      }
      return false;
    }

    /** Tasks that were cancelled finish their batch and copy their state; no longer than this. */
    private void letTasksSave() {
      try {
        for (int i = 0; i < SECONDS_TO_SAVE * 1000 / LOOK_MILLIS; i++) {
          Thread.sleep(LOOK_MILLIS);
          if (Arrays.stream(spark.statusTracker().getExecutorInfos())
                  .mapToInt(SparkExecutorInfo::numRunningTasks)
                  .sum()
              == 0) {
            return;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Spark's message goes on for pages; its first line says what happened, its cause why. */
    private static String lost(Exception failure) {
      String message = SweepFolder.message(failure);
      if (message.contains("UnsupportedClassVersionError")) {
        return "an executor's Java is older than 25: see bench/spark/README.md";
      }
      String first = failure instanceof SparkException ? message.split("; ", 2)[0] : message;
      return first.replaceFirst("^Job aborted due to stage failure: ", "");
    }
  }
}
