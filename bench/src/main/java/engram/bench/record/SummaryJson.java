package engram.bench.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import engram.cl.experiment.RunEvent.StrategyDiverged;
import engram.cl.metrics.Estimate;
import engram.cl.metrics.IncrementalMetrics;
import engram.cl.result.PairedDifference;
import engram.cl.result.StrategyRun;
import engram.cl.result.StrategySummary;
import java.util.List;
import java.util.Optional;

/** {@code summary.json}: each strategy over its seeds, and the strategies against each other. */
public final class SummaryJson {
  private SummaryJson() {}

  /**
   * The summary; what is not defined is null. Accuracies are percent, rounded to 4 decimals.
   *
   * @param diverged strategies that are not among the runs because their training diverged
   * @param findings of a doctor; empty where none watched
   * @param seconds wall time of the whole experiment
   * @param interrupted whether it was stopped before its end
   */
  public static ObjectNode toJson(
      List<StrategyRun> runs,
      List<StrategyDiverged> diverged,
      Optional<List<RecordedFinding>> findings,
      double seconds,
      boolean interrupted) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("unit", "percent of test images of all classes met; seconds of wall time");
    json.put("interval", "95 % t-interval over seeds: mean plus or minus half_width");
    json.put("seconds", rounded(seconds));
    json.put("interrupted", interrupted);
    ObjectNode strategies = json.putObject("strategies");
    for (StrategySummary s : StrategySummary.of(runs)) {
      ObjectNode strategy = strategies.putObject(s.strategy());
      strategy.put("tasks_done", s.accuracy().size());
      strategy.set("final_accuracy", toJson(s.finalAccuracy()));
      strategy.set("average_incremental_accuracy", toJson(s.average()));
      strategy.set("forgetting", toJson(s.forgetting()));
      strategy.set("backward_transfer", toJson(s.backwardTransfer()));
      strategy.putNull("forward_transfer");
      strategy.set("intransigence", toJson(s.intransigence()));
      strategy.set("task_aware_final_accuracy", toJson(s.taskAware()));
      strategy.set("seconds", toJson(s.seconds()));
      s.memory()
          .ifPresentOrElse(
              memory ->
                  strategy
                      .putObject("memory")
                      .put("images", memory.images())
                      .put("bytes", memory.bytes()),
              () -> strategy.putNull("memory"));
      s.accuracy().forEach(e -> strategy.withArray("accuracy_after_task").add(toJson(e)));
    }
    ArrayNode outOfBounds = json.putArray("diverged");
    for (StrategyDiverged d : diverged) {
      outOfBounds
          .addObject()
          .put("strategy", d.strategy())
          .put("seed", d.seed())
          .put("task", d.task() + 1)
          .put("step", d.step())
          .put("what", d.what());
    }
    findings.ifPresent(all -> addFindings(json.putArray("doctor"), all));
    for (PairedDifference pair : PairedDifference.of(runs)) {
      ObjectNode difference = json.withArray("final_accuracy_differences").addObject();
      difference.put("strategy", pair.strategy());
      difference.put("minus", pair.other());
      difference.setAll(toJson(pair.difference()));
    }
    ObjectNode notes = json.putObject("notes");
    notes.put("forward_transfer", IncrementalMetrics.NO_FORWARD_TRANSFER);
    notes.put(
        "intransigence",
        "Joint training's accuracy on a task minus the strategy's, both just after it was learnt;"
            + " mean over tasks, percentage points. Null without a joint run.");
    notes.put(
        "task_aware_final_accuracy",
        "With the task of each image told: only classes of its task are compared.");
    notes.put(
        "interrupted",
        "When true, the last strategy may have done fewer tasks than the others (tasks_done): its"
            + " final figures are those after the tasks that every seed of it did.");
    notes.put(
        "diverged",
        "Training that left all bounds: in no figure here. Step 0 is what follows training.");
    notes.put("forgetting", "Of one task there is none: null.");
    notes.put("half_width", "Of one seed there is none: null. Give --seeds 3 or more.");
    return json;
  }

  private static void addFindings(ArrayNode json, List<RecordedFinding> findings) {
    for (RecordedFinding found : findings) {
      ObjectNode one = json.addObject().put("strategy", found.strategy());
      found.seeds().forEach(one.putArray("seeds")::add);
      one.put("task", found.task());
      found.step().ifPresentOrElse(step -> one.put("step", step), () -> one.putNull("step"));
      one.put("symptom", found.symptom())
          .put("where", found.where())
          .put("what", found.what())
          .put("remedy", found.remedy());
    }
  }

  private static JsonNode toJson(Optional<Estimate> estimate) {
    return estimate.<JsonNode>map(SummaryJson::toJson).orElse(NullNode.getInstance());
  }

  private static ObjectNode toJson(Estimate estimate) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("mean", rounded(estimate.mean()));
    estimate
        .halfWidth()
        .ifPresentOrElse(
            half -> json.put("half_width", rounded(half)), () -> json.putNull("half_width"));
    json.put("seeds", estimate.count());
    return json;
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
