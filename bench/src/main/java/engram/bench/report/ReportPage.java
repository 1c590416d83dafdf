package engram.bench.report;

import engram.cl.task.Scenario;
import java.util.Comparator;
import java.util.List;

/**
 * All that the page shows.
 *
 * @param runs how each run was made
 * @param strategies every strategy, in the order of the runs
 * @param strips pictures that the page shows windows of
 * @param accuracyChart numbers of the accuracy curves
 * @param rowNormChart numbers of the classifier's row norms
 * @param assets what is inlined
 */
public record ReportPage(
    List<RunView> runs,
    List<StrategyView> strategies,
    List<Strip> strips,
    String accuracyChart,
    String rowNormChart,
    Assets assets) {

  /**
   * Strategies by accuracy after their last task, best first; those that have not done all their
   * tasks come last, since fewer classes are easier.
   */
  public List<StrategyView> ranking() {
    return strategies.stream()
        .sorted(
            Comparator.comparing((StrategyView s) -> s.tasks() < s.allTasks())
                .thenComparingDouble(s -> -s.summary().finalAccuracy().mean()))
        .toList();
  }

  public StrategyView longestRun() {
    return strategies.stream().max(Comparator.comparingInt(StrategyView::tasks)).orElseThrow();
  }

  public int tasks() {
    return longestRun().tasks();
  }

  /** Whether the tasks of a run share their labels, so that no label is of one task. */
  public boolean labelsRepeat() {
    return strategies.stream().anyMatch(s -> s.scenario().labelsRepeat());
  }

  /** Whether it is told which task an image is of, in all runs. */
  public boolean taskTold() {
    return strategies.stream().allMatch(s -> s.scenario().kind() == Scenario.Kind.TASK);
  }

  /** Most seeds that a strategy has. */
  public int seeds() {
    return strategies.stream().mapToInt(s -> s.seeds().size()).max().orElseThrow();
  }

  /** Whether a strategy has not done all its tasks. */
  public boolean unfinished() {
    return strategies.stream().anyMatch(s -> s.tasks() < s.allTasks());
  }

  /** Whether a run was a quick look. */
  public boolean quick() {
    return runs.stream().anyMatch(RunView::quick);
  }

  /** The longest training, seconds. */
  public double longest() {
    return strategies.stream().mapToDouble(s -> s.seconds().mean()).max().orElseThrow();
  }

  /** Details of a few strategies are open at once, those of many when asked for. */
  public boolean open() {
    return strategies.size() <= 4;
  }
}
