package engram.cl.experiment;

import engram.cl.metrics.AccuracyMatrix;
import engram.cl.metrics.Confusion;
import java.util.List;

/**
 * All results of one strategy with one seed.
 *
 * @param strategy name of the strategy
 * @param seed seed of the run
 * @param tasks results after each task done
 * @param matrix accuracy on each task after each task
 * @param taskAware the same with the task told: answers among the task's own classes only
 * @param confusion test images by actual and predicted label after the last task done
 */
public record StrategyRun(
    String strategy,
    long seed,
    List<TaskResult> tasks,
    AccuracyMatrix matrix,
    AccuracyMatrix taskAware,
    Confusion confusion) {

  public StrategyRun {
    tasks = List.copyOf(tasks);
  }

  /** Wall seconds of training, all tasks together. */
  public double seconds() {
    return tasks.stream().mapToDouble(TaskResult::seconds).sum();
  }
}
