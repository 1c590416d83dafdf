package engram.spark;

import engram.bench.sweep.DoneMark;
import engram.bench.sweep.OpenData;
import engram.bench.sweep.RunUnits;
import engram.bench.sweep.SweepFolder;
import engram.bench.sweep.SweepPlan;
import engram.bench.sweep.SweepUnit;
import engram.bench.sweep.UnitRunner;
import engram.bench.track.Targets;
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

/**
 * Carries out one unit on an executor: a function from its hash to how it ended. What the unit does
 * wrong is a value; an exception is of the machines, and Spark has others try the task again as
 * often as {@code spark.task.maxFailures} says.
 *
 * @param plan name of its file, for messages
 * @param text of the plan
 * @param to folder of the sweep
 */
record UnitTask(String plan, String text, String to) implements Function<String, UnitEnd> {
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
    if (remote.isFinished()) {
      return new UnitEnd.Finished(0); // by an executor that was lost before it could say so
    }
    Path own = Files.createTempDirectory(Path.of(SparkFiles.getRootDirectory()), "unit-");
    try {
      Path local = Files.createDirectory(own.resolve(hash)); // the report names its folder
      return run(SweepPlan.parse(plan, text).unit(hash), remote, local, RUNNER);
    } finally {
      delete(own);
    }
  }

  /**
   * The same with all that it needs.
   *
   * @param local an empty folder
   */
  static UnitEnd run(SweepUnit unit, RemoteUnit remote, Path local, UnitRunner runner)
      throws IOException {
    long start = System.nanoTime();
    TaskContext task = TaskContext.get();
    StopRequest stop = new StopRequest();
    UnitRunner.Outcome outcome;
    remote.fetch(local);
    try (StateCopies _ = StateCopies.begin(local, remote)) {
      outcome =
          runner.run(
              unit,
              local,
              task.cpus(),
              stop,
              _ -> {
                if (task.isInterrupted()) {
                  stop.make();
                }
              });
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
      StringWriter text = new StringWriter();
      text.append(SweepFolder.message(e)).append("\n\n");
      e.printStackTrace(new PrintWriter(text, true));
      return new UnitEnd.Failed(SweepFolder.message(e), text.toString());
    }
    if (outcome == UnitRunner.Outcome.INTERRUPTED) {
      remote.push(local);
      return new UnitEnd.Interrupted();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    DoneMark.write(local, unit, seconds);
    remote.push(local);
    return new UnitEnd.Finished(seconds);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.toList().reversed()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
