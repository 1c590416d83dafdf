package engram.spark;

import engram.bench.sweep.DoneMark;
import engram.bench.sweep.OpenData;
import engram.bench.sweep.RunUnits;
import engram.bench.sweep.SweepFolder;
import engram.bench.sweep.SweepPlan;
import engram.bench.sweep.SweepUnit;
import engram.bench.sweep.UnitProgress;
import engram.bench.sweep.UnitRunner;
import engram.bench.track.Targets;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StopRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.util.LongAccumulator;

/**
 * Carries out one unit on an executor: a function from its hash to how it ended. What the unit does
 * wrong is a value; an exception is of the machines, and Spark has others try the task again as
 * often as {@code spark.task.maxFailures} says.
 *
 * @param plan name of its file, for messages
 * @param text of the plan
 * @param to folder of the sweep
 * @param done thousandths of the training, sent to the driver with each heartbeat
 */
record UnitTask(String plan, String text, String to, LongAccumulator done)
    implements Function<String, UnitEnd> {
  /** Units that an executor runs have their data in common. */
  private static final OpenData DATA = new OpenData(UnitTask::say);

  private static final RunUnits RUNNER = new RunUnits(DATA, Targets.NONE, UnitTask::say);

  private static void say(String line) {
    System.err.println("engram: " + line);
  }

  @Override
  public UnitEnd call(String hash) throws IOException {
    RemoteUnit remote =
        RemoteSweep.at(to, SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf()))
            .unit(hash);
    if (!remote.take()) {
      return new UnitEnd.Finished(""); // by an executor that was lost before it could say so
    }
    Path own = Files.createTempDirectory(Path.of(SparkFiles.getRootDirectory()), "unit-");
    try {
      Path local = Files.createDirectory(own.resolve(hash)); // the report names its folder
      remote.fetch(local);
      return new Turn(remote, local, done).run(SweepPlan.parse(plan, text).unit(hash));
    } finally {
      delete(own);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.toList().reversed()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** One turn of a unit. */
  private static final class Turn {
    private final RemoteUnit remote;
    private final Path local;
    private final LongAccumulator done;
    private final TaskContext task = TaskContext.get();
    private final StopRequest stop = new StopRequest();
    private String reached = "";

    /**
     * @param local the folder of the unit here, with all that is left of former turns
     */
    Turn(RemoteUnit remote, Path local, LongAccumulator done) {
      this.remote = remote;
      this.local = local;
      this.done = done;
    }

    UnitEnd run(SweepUnit unit) throws IOException {
      long start = System.nanoTime();
      UnitRunner.Outcome outcome;
      try (StateCopies _ = StateCopies.begin(local, remote, stop)) {
        outcome = RUNNER.run(unit, local, task.cpus(), stop, this::note);
      } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
        StringWriter text = new StringWriter();
        text.append(SweepFolder.message(e)).append("\n\n");
        e.printStackTrace(new PrintWriter(text, true));
        return new UnitEnd.Failed(text.toString());
      }
      if (outcome == UnitRunner.Outcome.INTERRUPTED) {
        remote.push(local);
        return new UnitEnd.Interrupted();
      }
      DoneMark.write(local, unit, (System.nanoTime() - start) / 1e9);
      remote.push(local);
      return new UnitEnd.Finished(reached);
    }

    private void note(RunEvent event) {
      if (task.isInterrupted()) {
        stop.make();
      }
      switch (event) {
        case RunEvent.EpochProgress progress ->
            done.add((long) (1000 * UnitProgress.share(progress)) - done.sum());
        case RunEvent.ExperimentFinished end -> reached = UnitProgress.reached(end).orElse("");
        default -> {}
      }
    }
  }
}
