package engram.spark;

import engram.bench.console.Screen;
import engram.bench.console.StopSignals;
import engram.bench.sweep.SweepEngine;
import engram.bench.sweep.SweepFolder;
import engram.bench.sweep.SweepFrame;
import engram.bench.sweep.SweepPlan;
import engram.bench.sweep.SweepScreen;
import engram.bench.sweep.SweepUnit;
import engram.bench.sweep.UnitState;
import engram.cl.experiment.StopRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.ExitCode;

/** A sweep on Apache Spark, as its driver sees it. */
public final class SparkEngine implements SweepEngine {

  @Override
  public int run(Order order, PrintWriter out) throws IOException {
    SparkJvm.check();
    long start = System.nanoTime();
    SparkConf conf = SparkSettings.of(order, new SparkConf());
    StopRequest stop = new StopRequest();
    try (JavaSparkContext spark = context(conf);
        StopSignals signals = StopSignals.listen(stop, System.err)) {
      SweepPlan plan = order.plan();
      RemoteSweep sweep = RemoteSweep.at(order.to(), spark.hadoopConfiguration());
      sweep.create(plan);
      if (order.retry()) {
        for (SweepUnit unit : plan.units()) {
          sweep.forgive(unit.hash());
        }
      }
      SequencedMap<SweepUnit, UnitState> states = sweep.states(plan.units());
      SweepFrame frame = new SweepFrame(out, plan, sweep.path().toString());
      frame.begin(
          SweepFrame.counted(states),
          "on",
          "Spark %s at %s, threads of a unit: %s"
              .formatted(
                  spark.version(), conf.get("spark.master"), conf.get("spark.task.cpus", "1")));
      SweepScreen screen = new SweepScreen(out, Screen.isTerminal(), states);
      spark
          .sc()
          .addSparkListener(
              new TaskEvents(
                  plan.units().stream()
                      .collect(Collectors.toMap(SweepUnit::hash, Function.identity())),
                  screen));
      try {
        states.putAll(new UnitJobs(spark, plan, sweep, stop, screen).run(states));
      } finally {
        screen.end();
      }
      boolean broken = frame.end(states, stop.isMade());
      report(frame, sweep, states, (System.nanoTime() - start) / 1e9);
      if (stop.isMade()) {
        return signals.exitCode();
      }
      return broken ? ExitCode.SOFTWARE : ExitCode.OK;
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

  /** The page of all runs is made where their files are. */
  private static void report(
      SweepFrame frame,
      RemoteSweep sweep,
      SequencedMap<SweepUnit, UnitState> states,
      double seconds) {
    List<String> finished =
        states.entrySet().stream()
            .filter(unit -> unit.getValue() instanceof UnitState.Finished)
            .map(unit -> unit.getKey().hash())
            .toList();
    if (sweep.local().isPresent()) {
      Path folder = sweep.local().get();
      frame.report(
          folder, finished.stream().map(folder.resolve("units")::resolve).toList(), seconds);
    } else if (!finished.isEmpty()) {
      frame
          .out()
          .printf("report:  hadoop fs -get %s sweep  &&  engram report sweep%n", sweep.path());
      frame.out().flush();
    }
  }
}
