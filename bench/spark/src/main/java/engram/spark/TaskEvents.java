package engram.spark;

import engram.bench.sweep.SweepScreen;
import engram.bench.sweep.SweepUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.StageInfo;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Shows on the driver's screen where units run, how far they are, and which ones Spark lost. */
final class TaskEvents extends SparkListener {
  /** Name of the property of a job that has the hash of its unit. */
  static final String UNIT = "engram.unit";

  /** Name of the accumulator that counts how many thousandths of a unit's training are done. */
  static final String THOUSANDTHS = "thousandths done";

  private final Map<String, SweepUnit> units;
  private final SweepScreen screen;
  private final Map<Integer, SweepUnit> ofStage = new ConcurrentHashMap<>();
  private final Map<Integer, String> hostOfStage = new ConcurrentHashMap<>();

  TaskEvents(Map<String, SweepUnit> units, SweepScreen screen) {
    this.units = Map.copyOf(units);
    this.screen = screen;
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    SweepUnit unit = units.get(job.properties().getProperty(UNIT, ""));
    if (unit != null) {
      for (StageInfo stage : list(job.stageInfos())) {
        ofStage.put(stage.stageId(), unit);
      }
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart task) {
    SweepUnit unit = ofStage.get(task.stageId());
    if (unit != null) {
      String host = task.taskInfo().host();
      hostOfStage.put(task.stageId(), host);
      screen.started(unit, "started on " + host);
    }
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate beat) {
    list(beat.accumUpdates())
        .forEach(task -> list(task._4()).forEach(value -> progress((int) task._2(), value)));
  }

  private void progress(int stage, AccumulableInfo value) {
    SweepUnit unit = ofStage.get(stage);
    if (unit != null
        && value.name().contains(THOUSANDTHS)
        && value.update().isDefined()
        && value.update().get() instanceof Long thousandths) {
      screen.progress(unit, thousandths / 1000.0, hostOfStage.getOrDefault(stage, ""));
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    SweepUnit unit = ofStage.get(task.stageId());
    if (unit != null
        && task.reason() instanceof TaskFailedReason failure
        && !(failure instanceof TaskKilled)) { // by us, when the sweep is stopped
      screen.lost(unit, "lost by Spark: " + why(failure));
    }
  }

  /** One line. */
  private static String why(TaskFailedReason reason) {
    String text =
        reason instanceof ExceptionFailure failure
            ? failure.className() + ": " + failure.description()
            : reason.toErrorString();
    return text.lines().findFirst().orElse("");
  }

  private static <T> List<T> list(Seq<T> all) {
    return CollectionConverters.asJava(all);
  }
}
