package engram.spark;

import engram.bench.sweep.SweepFolder;
import engram.bench.sweep.SweepPlan;
import engram.bench.sweep.SweepScreen;
import engram.bench.sweep.SweepUnit;
import engram.bench.sweep.UnitState;
import engram.cl.experiment.StopRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import org.apache.spark.SparkException;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * Has Spark carry out units. Each is a job of one task, so that one whose task Spark gives up ends
 * no other; Spark runs as many at once as its executors have room for, in the order of the plan.
 */
record UnitJobs(
    JavaSparkContext spark,
    SweepPlan plan,
    RemoteSweep sweep,
    StopRequest stop,
    SweepScreen screen) {
  private static final long LOOK_MILLIS = 200;
  private static final int SECONDS_TO_SAVE = 60;

  /** A unit that Spark was given. */
  private record Job(SweepUnit unit, JavaFutureAction<List<UnitEnd>> result) {}

  /**
   * Runs all units that are not over.
   *
   * @param before how far each is
   * @return how far those are now; after a stop only those that came to an end
   */
  SequencedMap<SweepUnit, UnitState> run(SequencedMap<SweepUnit, UnitState> before)
      throws IOException {
    LongAccumulator done = spark.sc().longAccumulator(TaskEvents.THOUSANDTHS);
    UnitTask task = new UnitTask(plan.name(), plan.text(), sweep.path().toString(), done);
    SequencedMap<SweepUnit, UnitState> after = new LinkedHashMap<>();
    List<Job> running = new ArrayList<>();
    before.forEach(
        (unit, state) -> {
          if (!state.isOver()) {
            running.add(begin(unit, task));
          }
        });
    while (!running.isEmpty() && !stop.isMade()) {
      if (spark.sc().isStopped()) {
        throw new IOException(
            "Spark has ended this application, see its log; start again to go on");
      }
      List<Job> ended = running.stream().filter(job -> job.result().isDone()).toList();
      for (Job job : ended) {
        running.remove(job);
        UnitState state = state(job);
        after.put(job.unit(), state);
        screen.now(job.unit(), state);
        if (!state.isOver()) {
          running.add(begin(job.unit(), task));
        }
      }
      if (ended.isEmpty()) {
        sleep();
      }
    }
    if (!running.isEmpty()) {
      spark.sc().cancelAllJobs();
      letTasksSave();
      for (Job job : running) {
        after.put(job.unit(), sweep.state(job.unit()));
      }
    }
    return after;
  }

  private Job begin(SweepUnit unit, UnitTask task) {
    spark.setLocalProperty(TaskEvents.UNIT, unit.hash());
    spark.setJobDescription(unit.label());
    return new Job(unit, spark.parallelize(List.of(unit.hash()), 1).map(task).collectAsync());
  }

  /** How far the unit of a job that ended is. */
  private UnitState state(Job job) throws IOException {
    SweepUnit unit = job.unit();
    try {
      switch (job.result().get().getFirst()) {
        case UnitEnd.Finished(String reached) when !reached.isEmpty() ->
            screen.reached(unit, reached);
        case UnitEnd.Failed(String text) -> failed(unit, text);
        case UnitEnd.Finished _, UnitEnd.Interrupted _ -> {}
      }
    } catch (ExecutionException e) {
      // With the next start it is tried anew.
      return new UnitState.Failed("given up by Spark: " + lost(e), SweepFolder.MOST_TRIES);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while units run", e);
    }
    return sweep.state(unit);
  }

  private void failed(SweepUnit unit, String text) throws IOException {
    sweep.failed(unit.hash(), text);
    if (sweep.tries(unit.hash()) == SweepFolder.MOST_TRIES - 1) {
      sweep.clear(unit.hash()); // it may be its state that breaks it
    }
  }

  /** Tasks that were cancelled finish their batch and copy their state; no longer than this. */
  private void letTasksSave() {
    for (int i = 0; i < SECONDS_TO_SAVE * 1000 / LOOK_MILLIS; i++) {
      sleep();
      if (Arrays.stream(spark.statusTracker().getExecutorInfos())
              .mapToInt(SparkExecutorInfo::numRunningTasks)
              .sum()
          == 0) {
        return;
      }
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while units run", e);
    }
  }

  /** Spark's message goes on for pages; its first line says what happened, its cause why. */
  private static String lost(ExecutionException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String message = SweepFolder.message(cause);
    if (message.contains("UnsupportedClassVersionError")) {
      return "an executor's Java is older than 25: see bench/spark/README.md";
    }
    String first = cause instanceof SparkException ? message.split("; ", 2)[0] : message;
    return first.replaceFirst("^Job aborted due to stage failure: ", "");
  }
}
