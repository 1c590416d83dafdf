package engram.bench.report;

import engram.bench.record.RecordedStrategy;
import engram.cl.metrics.Confusion;
import engram.cl.metrics.Estimate;
import engram.cl.metrics.StabilityGap;
import engram.cl.result.StrategySummary;
import engram.cl.result.TaskResult;
import engram.cl.task.Scenario;
import engram.cl.task.TaskSplit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntBiFunction;
import java.util.stream.IntStream;

/**
 * One strategy over its seeds, as far as every seed has come.
 *
 * @param index position among all strategies of the page, which gives its colour
 * @param name with the run where several are compared
 * @param besideOthers whether they are
 * @param run what its runs are called where several are compared
 * @param panel the runs that it is of
 * @param summary its metrics
 * @param seeds its seeds
 * @param classes accuracy by class
 * @param confusion after the last task
 * @param memory images in memory of the first seed
 * @param filters data URI of the first convolution's weights of the first seed
 * @param mistakes surest mistakes of the first seed
 */
public record StrategyView(
    int index,
    String name,
    boolean besideOthers,
    String run,
    Panel panel,
    StrategySummary summary,
    List<RecordedStrategy> seeds,
    ClassTable classes,
    ConfusionTable confusion,
    List<MemoryPicture> memory,
    Optional<String> filters,
    List<MistakePicture> mistakes) {

  /**
   * The images in memory after a task.
   *
   * @param task from 1
   * @param uri data URI
   * @param text how many there are
   */
  public record MemoryPicture(int task, String uri, String text) {}

  /** A test image that was taken for another class. */
  public record MistakePicture(
      ClassIcon image, ClassIcon actual, ClassIcon predicted, double margin) {}

  /** Number of tasks that all seeds have done. */
  public int tasks() {
    return summary.accuracy().size();
  }

  /** Number of tasks that there are. */
  public int allTasks() {
    return seeds.getFirst().split().tasks();
  }

  public Scenario scenario() {
    return seeds.getFirst().split().scenario();
  }

  /** Number of classes met after a task, from 0. */
  public int seenClasses(int task) {
    return seeds.getFirst().split().seenClasses(task);
  }

  public String seedNumbers() {
    return String.join(", ", seeds.stream().map(s -> String.valueOf(s.run().seed())).toList());
  }

  /**
   * Accuracy on the classes of all tasks but the last after that, percent, each task counting the
   * same; empty where there is no other.
   */
  public OptionalDouble oldTasks() {
    return IntStream.range(0, tasks() - 1).mapToDouble(i -> accuracy(tasks() - 1, i)).average();
  }

  /** Accuracy on task i after task t, percent, mean over seeds. */
  public double accuracy(int t, int i) {
    return mean(seed -> 100 * seed.run().matrix().get(t, i));
  }

  /** Whether all seeds were looked into while they learnt, and met a second task. */
  public boolean isLookedInto() {
    return seeds.stream().noneMatch(seed -> seed.stability().isEmpty());
  }

  /** Percent: after the last task, the smallest accuracy on each old one since it was learnt. */
  public Estimate smallest() {
    return stability(gaps -> gaps.getLast().smallest());
  }

  /** Points that old tasks fall within a new one, mean over the tasks. */
  public Estimate gap() {
    return stability(gaps -> gaps.stream().mapToDouble(StabilityGap::gap).average().orElseThrow());
  }

  /** Points of them that are back when it is done. */
  public Estimate recovered() {
    return stability(
        gaps -> gaps.stream().mapToDouble(StabilityGap::recovered).average().orElseThrow());
  }

  private Estimate stability(ToDoubleFunction<List<StabilityGap>> figure) {
    return Estimate.of(
        seeds.stream().mapToDouble(s -> 100 * figure.applyAsDouble(s.stability())).toArray());
  }

  /** Mean over tasks after the last one, each counting the same. */
  public Estimate taskMean() {
    return last(TaskResult::taskMeanAccuracy);
  }

  /** Mean over classes after the last task, each counting the same. */
  public Estimate classMean() {
    return last(TaskResult::macroAccuracy);
  }

  private Estimate last(ToDoubleFunction<TaskResult> figure) {
    return Estimate.of(
        seeds.stream()
            .mapToDouble(s -> figure.applyAsDouble(s.run().tasks().get(tasks() - 1)))
            .toArray());
  }

  /** Percent of the test images that show a class of a task (from 0), after the last task. */
  public double shownShare(int task) {
    return share(task, Confusion::images);
  }

  /** Percent of the answers that name a class of a task (from 0), after the last task. */
  public double answerShare(int task) {
    return share(task, Confusion::answers);
  }

  private double share(int task, ToIntBiFunction<Confusion, Integer> images) {
    return mean(
        seed -> {
          Confusion confusion = seed.agnostic().get(tasks() - 1);
          TaskSplit split = seed.split();
          int of =
              IntStream.range(split.firstLabel(task), split.seenClasses(task))
                  .map(label -> images.applyAsInt(confusion, label))
                  .sum();
          int all = IntStream.range(0, confusion.classes()).map(confusion::images).sum();
          return 100.0 * of / all;
        });
  }

  private double mean(ToDoubleFunction<RecordedStrategy> figure) {
    return seeds.stream().mapToDouble(figure).average().orElseThrow();
  }

  /** Seconds of training of a task, from 0, mean over seeds. */
  public double seconds(int task) {
    return mean(seed -> seed.run().tasks().get(task).seconds());
  }

  /** Seconds of training of all tasks that all seeds have done, mean over seeds. */
  public Estimate seconds() {
    return summary.seconds();
  }

  /** What the last task left in use, in the first seed. */
  public RecordedStrategy.Usage usage() {
    return seeds.getFirst().usage().get(tasks() - 1);
  }

  /** The most that a process of its runs had held by its end, bytes. */
  public OptionalLong processPeak() {
    return seeds.stream().flatMapToLong(s -> s.usage().getLast().processPeak().stream()).max();
  }

  /** Norm of the classifier's row of each label after the last task, mean over seeds. */
  List<Double> rowNorms() {
    int last = tasks() - 1;
    return IntStream.range(0, seenClasses(last))
        .mapToObj(row -> mean(seed -> seed.rowNorms().get(last)[row]))
        .toList();
  }

  /** Mean norm of the rows of a task's classes after the last task, from 0. */
  public double rowNorm(int task) {
    TaskSplit split = seeds.getFirst().split();
    return IntStream.range(split.firstLabel(task), split.seenClasses(task))
        .mapToDouble(rowNorms()::get)
        .average()
        .orElseThrow();
  }
}
