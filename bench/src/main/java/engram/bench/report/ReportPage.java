package engram.bench.report;

import engram.cl.task.Scenario;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that the page shows.
 *
 * @param runs how each run was made
 * @param differentFields fields of the protocol cards that are not the same in all runs
 * @param strategies every strategy, in the order of the runs
 * @param comparisons the same, sorted by what can be compared
 * @param strips pictures that the page shows windows of
 * @param learning losses by epoch
 * @param rowNormChart numbers of the classifier's row norms
 * @param assets what is inlined
 */
public record ReportPage(
    List<RunView> runs,
    List<String> differentFields,
    List<StrategyView> strategies,
    List<Comparison> comparisons,
    List<Strip> strips,
    List<Charts.Learning> learning,
    String rowNormChart,
    Assets assets) {

  /** What is compared on what data. */
  public String heading() {
    List<String> names =
        strategies.isEmpty()
            ? runs.stream().flatMap(r -> Stream.of(r.setting("strategies").split(", "))).toList()
            : strategies.stream().map(s -> s.summary().strategy()).toList();
    String data =
        runs.stream()
            .map(run -> run.card().getOrDefault("data", run.setting("data")))
            .distinct()
            .collect(Collectors.joining("; "));
    return "%s on %s".formatted(Say.list(names.stream().distinct().toList(), 4), data);
  }

  /** The heading, folders and days: tabs and bookmarks of many reports are to be told apart. */
  public String title() {
    String folders = Say.list(runs.stream().map(RunView::folders).toList(), 3);
    String days = Say.list(runs.stream().map(RunView::started).distinct().toList(), 2);
    return Stream.of(heading(), folders, days)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" \u00b7 "));
  }

  /**
   * Strategies without a rehearsal memory that have old tasks to be measured on; joint training,
   * which sees all images again, is none.
   */
  public List<StrategyView> withoutMemory() {
    return strategies.stream()
        .filter(s -> !s.summary().strategy().equals("joint"))
        .filter(s -> s.usage().memory().isEmpty() && s.oldTasks().isPresent())
        .toList();
  }

  /** Strategies that were measured within tasks, too. */
  public List<StrategyView> lookedInto() {
    return strategies.stream().filter(StrategyView::isLookedInto).toList();
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
    return strategies.stream().mapToInt(s -> s.seeds().size()).max().orElse(0);
  }

  /** Whether a strategy has not done all its tasks. */
  public boolean unfinished() {
    return strategies.stream().anyMatch(s -> s.tasks() < s.allTasks());
  }

  /** Whether training of a strategy diverged. */
  public boolean diverged() {
    return runs.stream().anyMatch(run -> !run.diverged().isEmpty());
  }

  /** Whether a doctor watched a run. */
  public boolean watched() {
    return runs.stream().anyMatch(run -> run.findings().isPresent());
  }

  /** How much a doctor found in all runs. */
  public int findings() {
    return runs.stream().mapToInt(run -> run.findings().map(List::size).orElse(0)).sum();
  }

  /** Whether a run was a quick look. */
  public boolean quick() {
    return runs.stream().anyMatch(RunView::quick);
  }

  /** The longest training, seconds. */
  public double longest() {
    return strategies.stream().mapToDouble(s -> s.seconds().mean()).max().orElse(0);
  }

  /** Details of a few strategies are open at once, those of many when asked for. */
  public boolean open() {
    return strategies.size() <= 4;
  }
}
