package engram.bench.record;

import engram.cl.metrics.Confusion;
import engram.cl.metrics.StabilityGap;
import engram.cl.result.StrategyRun;
import engram.cl.task.TaskSplit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One strategy with one seed, as far as it came. Labels are those of its split.
 *
 * @param run the results as the experiment gave them
 * @param agnostic test images after each task, by actual and predicted label
 * @param rowNorms after each task, L2 norm of the classifier's row of each label met
 * @param usage after each task
 * @param memory JPEG of the images in memory after each task; empty where there were none
 * @param filters PNG of the first convolution
 * @param mistakes the surest mistakes after the last task
 * @param mistakeImages PNG of their images, side by side
 * @param stability of each task but the first; empty where nobody looked into them
 */
public record RecordedStrategy(
    StrategyRun run,
    TaskSplit split,
    List<Confusion> agnostic,
    List<double[]> rowNorms,
    List<Usage> usage,
    List<Optional<byte[]>> memory,
    Optional<byte[]> filters,
    List<Mistake> mistakes,
    byte[] mistakeImages,
    List<StabilityGap> stability) {

  /**
   * What was in use after a task.
   *
   * @param memory the rehearsal memory; empty for a strategy without one
   * @param memoryClasses number of classes that have an image in it
   * @param parameters numbers in the network
   * @param processPeak the most bytes that the process had held by then, where that is known
   */
  public record Usage(
      Optional<StrategyRun.MemoryUse> memory,
      int memoryClasses,
      long parameters,
      OptionalLong processPeak) {}

  /**
   * A test image that was taken for another class; classes have the data set's numbers.
   *
   * @param image index in the data set's test images
   * @param margin score of the wrong class minus that of the right one
   */
  public record Mistake(int image, int actual, int predicted, double margin) {}

  public int tasks() {
    return run.tasks().size();
  }
}
