package engram.cl.result;

import engram.cl.metrics.AccuracyMatrix;
import engram.cl.metrics.Confusion;
import java.util.List;
import java.util.Optional;

/**
 * All results of one strategy with one seed.
 *
 * @param strategy name of the strategy
 * @param seed seed of the run
 * @param tasks results after each task done
 * @param matrix accuracy on each task after each task
 * @param taskAware the same with the task told: answers among the task's own classes only
 * @param confusion test images by actual and predicted label after the last task done
 * @param memory what the rehearsal memory held then; empty for a strategy without one
 */
public record StrategyRun(
    String strategy,
    long seed,
    List<TaskResult> tasks,
    AccuracyMatrix matrix,
    AccuracyMatrix taskAware,
    Confusion confusion,
    Optional<MemoryUse> memory) {

  /**
   * What a rehearsal memory held after the last task done.
   *
   * @param images number of images
   * @param bytes of their pixels and of what is noted beside them, such as logits
   */
  public record MemoryUse(int images, long bytes) {}

  public StrategyRun {
    tasks = List.copyOf(tasks);
  }

  /** Wall seconds of training, all tasks together. */
  public double seconds() {
    return seconds(tasks.size());
  }

  /** Wall seconds of training, the first {@code count} tasks together. */
  public double seconds(int count) {
    return tasks.stream().limit(count).mapToDouble(TaskResult::seconds).sum();
  }
}
