package engram.spark;

import engram.bench.Engram;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ExitCode;

/**
 * {@code engram sweep} as spark-submit starts it, on the machines that spark-submit was told:
 *
 * <pre>
 * spark-submit --master yarn --class engram.spark.SparkSweep engram-spark.jar plan.yaml --to hdfs:///sweep
 * </pre>
 */
public final class SparkSweep {
  private SparkSweep() {}

  /**
   * Runs the sweep.
   *
   * @param args those of {@code engram sweep}; {@code --on} is the master of spark-submit where it
   *     is not among them
   */
  public static void main(String[] args) {
    List<String> command = new ArrayList<>(List.of("sweep"));
    command.addAll(List.of(args));
    if (command.stream().noneMatch(each -> each.equals("--on") || each.startsWith("--on="))) {
      String master = System.getProperty("spark.master", "");
      if (master.isEmpty()) {
        System.err.println(
            "engram: no master is named: start it with spark-submit, or give --on local[2]");
        System.exit(ExitCode.USAGE);
      }
      command.add("--on=" + master);
    }
    int exit = Engram.run(command.toArray(String[]::new));
    // YARN takes the end of a driver that calls exit for a failure, whatever its code.
    if (exit != ExitCode.OK) {
      System.exit(exit);
    }
  }
}
