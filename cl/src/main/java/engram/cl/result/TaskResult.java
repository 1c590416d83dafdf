package engram.cl.result;

import engram.cl.metrics.TestAnswers;
import engram.cl.task.TaskSplit;

/**
 * What one strategy reached after one task. Accuracies are percent, on test images of all classes
 * met so far.
 *
 * @param strategy name of the strategy
 * @param seed seed of the run
 * @param task from 0
 * @param seenClasses number of classes met so far
 * @param accuracy pooled over all these test images
 * @param taskMeanAccuracy mean over tasks, each counting the same
 * @param macroAccuracy mean over classes, each counting the same
 * @param seconds wall time of this task's training and of what the strategy does at its end
 */
public record TaskResult(
    String strategy,
    long seed,
    int task,
    int seenClasses,
    double accuracy,
    double taskMeanAccuracy,
    double macroAccuracy,
    double seconds) {

  /** The result that was measured after {@code task}. */
  public static TaskResult of(
      String strategy, long seed, TaskSplit split, int task, TestAnswers answers, double seconds) {
    return new TaskResult(
        strategy,
        seed,
        task,
        split.seenClasses(task),
        100 * answers.confusion().accuracy(),
        100 * answers.accuracies().average().orElseThrow(),
        100 * answers.confusion().macroAccuracy(),
        seconds);
  }
}
