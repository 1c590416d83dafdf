package engram.bench.track;

import engram.cl.experiment.LossTerm;
import engram.cl.experiment.RunEvent;
import engram.cl.result.StrategyRun;
import engram.cl.result.StrategySummary;
import engram.cl.result.TaskResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What trackers are told of an event: figures by name. */
final class Figures {
  private Figures() {}

  static Map<String, Double> of(RunEvent.EpochFinished epoch) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("train/task", epoch.id().task() + 1.0);
    for (LossTerm term : epoch.losses()) {
      figures.put("train/" + term.name(), term.value());
    }
    if (epoch.seconds() > 0) {
      figures.put("train/images_per_second", epoch.imagesPerSecond());
    }
    return figures;
  }

  /** Percent, as in {@code results.csv}. */
  static Map<String, Double> of(TaskResult result, List<Double> taskAccuracies) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("test/task", result.task() + 1.0);
    figures.put("test/seen_classes", (double) result.seenClasses());
    figures.put("test/accuracy", result.accuracy());
    figures.put("test/task_mean_accuracy", result.taskMeanAccuracy());
    figures.put("test/macro_accuracy", result.macroAccuracy());
    for (int i = 0; i < taskAccuracies.size(); i++) {
      figures.put("test/accuracy_task_" + (i + 1), taskAccuracies.get(i));
    }
    return figures;
  }

  static Map<String, Double> of(StrategyRun run) {
    StrategySummary summary = StrategySummary.of(List.of(run)).getFirst();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("final/accuracy", summary.finalAccuracy().mean());
    figures.put("final/average_incremental_accuracy", summary.average().mean());
    summary.forgetting().ifPresent(e -> figures.put("final/forgetting", e.mean()));
    summary.backwardTransfer().ifPresent(e -> figures.put("final/backward_transfer", e.mean()));
    figures.put("final/task_told_accuracy", summary.taskAware().mean());
    figures.put("final/seconds", run.seconds());
    run.memory()
        .ifPresent(
            memory -> {
              figures.put("final/memory_images", (double) memory.images());
              figures.put("final/memory_bytes", (double) memory.bytes());
            });
    return figures;
  }
}
