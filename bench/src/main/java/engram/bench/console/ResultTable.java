package engram.bench.console;

import engram.cl.catalog.Strategies;
import engram.cl.metrics.Estimate;
import engram.cl.result.PairedDifference;
import engram.cl.result.StrategyRun;
import engram.cl.result.StrategySummary;
import engram.cl.task.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table at the end of a run: strategies, their accuracy after each task, and what it means. */
public final class ResultTable {
  private ResultTable() {}

  /**
   * The table as lines, in percent; with several seeds each figure has its 95 % interval. What is
   * to be said of strategies is said of class-incremental learning. Where telling the task changes
   * nothing, no column says what it would.
   *
   * @param known says what to know of a strategy
   */
  public static String text(List<StrategySummary> summaries, Scenario scenario, Strategies known) {
    int tasks = summaries.stream().mapToInt(s -> s.accuracy().size()).max().orElse(0);
    List<List<String>> rows = new ArrayList<>();
    boolean told = !scenario.labelsRepeat() && scenario.kind() != Scenario.Kind.TASK;
    List<String> head = new ArrayList<>(List.of(""));
    for (int task = 1; task <= tasks; task++) {
      head.add(task == 1 ? "task 1" : String.valueOf(task));
    }
    head.addAll(List.of("average", "forgetting"));
    if (told) {
      head.add("told");
    }
    head.add("time");
    rows.add(head);
    for (StrategySummary summary : summaries) {
      List<String> row = new ArrayList<>(List.of(summary.strategy()));
      for (int task = 0; task < tasks; task++) {
        row.add(task < summary.accuracy().size() ? summary.accuracy().get(task).toText() : "");
      }
      row.add(summary.average().toText());
      row.add(summary.forgettingIfKept().map(Estimate::toText).orElse("-"));
      if (told) {
        row.add(summary.taskAware().toText());
      }
      row.add(Durations.clock(summary.seconds().mean()));
      rows.add(row);
    }
    return "accuracy %%, %s%s%n"
            .formatted(among(scenario), told ? "; told: with the task told" : "")
        + Columns.figures(rows, 2)
        + (scenario.equals(Scenario.CLASS) ? cautions(summaries, known) : "");
  }

  /** Among which classes an image is classified. */
  private static String among(Scenario scenario) {
    return switch (scenario.kind()) {
      case CLASS, BLURRY -> "all classes seen";
      case TASK -> "the task told";
      case DOMAIN, PERMUTED -> "all tasks seen";
    };
  }

  /**
   * Final accuracy of each strategy minus that of the best but joint training, on the same seeds;
   * nothing with one seed, whose differences have no interval. Runs that have not done all tasks
   * are left out.
   */
  public static String differences(List<StrategyRun> runs) {
    int tasks = runs.stream().mapToInt(run -> run.matrix().tasks()).max().orElse(0);
    List<StrategyRun> complete = runs.stream().filter(r -> r.matrix().tasks() == tasks).toList();
    Optional<String> best =
        StrategySummary.of(complete).stream()
            .filter(summary -> !summary.strategy().equals("joint"))
            .max(Comparator.comparingDouble(summary -> summary.finalAccuracy().mean()))
            .map(StrategySummary::strategy);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("same seeds, last task: minus " + best.orElse(""), "points", "95 % interval"));
    for (PairedDifference pair : PairedDifference.of(complete)) {
      Estimate difference = pair.difference();
      boolean minusBest = Optional.of(pair.other()).equals(best);
      if (difference.halfWidth().isPresent()
          && (minusBest || Optional.of(pair.strategy()).equals(best))) {
        double mean = minusBest ? difference.mean() : -difference.mean();
        double half = difference.halfWidth().getAsDouble();
        rows.add(
            List.of(
                minusBest ? pair.strategy() : pair.other(),
                String.format(Locale.ROOT, "%+.1f", mean),
                String.format(Locale.ROOT, "%+.1f to %+.1f", mean - half, mean + half)));
      }
    }
    return rows.size() == 1 ? "" : Columns.figures(rows);
  }

  /** What a reader should know who wonders at some figures. */
  private static String cautions(List<StrategySummary> summaries, Strategies known) {
    StringBuilder text = new StringBuilder();
    for (StrategySummary summary : summaries) {
      known
          .caution(summary.strategy())
          .ifPresent(
              caution ->
                  text.append('\n').append(Lines.wrapped(summary.strategy() + " " + caution, 0)));
    }
    return text.toString();
  }
}
