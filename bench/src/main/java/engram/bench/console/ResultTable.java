package engram.bench.console;

import engram.cl.catalog.Strategies;
import engram.cl.experiment.PairedDifference;
import engram.cl.experiment.StrategyRun;
import engram.cl.experiment.StrategySummary;
import engram.cl.metrics.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table at the end of a run: strategies, their accuracy after each task, and what it means. */
public final class ResultTable {
  private ResultTable() {}

  /** The table as lines, in percent; with several seeds each figure has its 95 % interval. */
  public static String text(List<StrategySummary> summaries) {
    int tasks = summaries.stream().mapToInt(s -> s.accuracy().size()).max().orElse(0);
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("accuracy %, all classes seen"));
    for (int task = 1; task <= tasks; task++) {
      head.add(task == 1 ? "task 1" : String.valueOf(task));
    }
    head.addAll(List.of("average", "forgetting", "task told", "time"));
    rows.add(head);
    for (StrategySummary summary : summaries) {
      List<String> row = new ArrayList<>(List.of(summary.strategy()));
      for (int task = 0; task < tasks; task++) {
        row.add(task < summary.accuracy().size() ? figure(summary.accuracy().get(task)) : "");
      }
      row.add(figure(summary.average()));
      row.add(summary.forgettingIfKept().map(ResultTable::figure).orElse("-"));
      row.add(figure(summary.taskAware()));
      row.add(Durations.text(summary.seconds().mean()));
      rows.add(row);
    }
    return aligned(rows) + cautions(summaries);
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
    return rows.size() == 1 ? "" : aligned(rows);
  }

  /** What a reader should know who wonders at some figures. */
  private static String cautions(List<StrategySummary> summaries) {
    StringBuilder text = new StringBuilder();
    for (StrategySummary summary : summaries) {
      Strategies.caution(summary.strategy())
          .ifPresent(
              caution -> text.append('\n').append(summary.strategy()).append(' ').append(caution));
    }
    return text.isEmpty() ? "" : text.append('\n').toString();
  }

  private static String figure(Estimate estimate) {
    String mean = String.format(Locale.ROOT, "%.1f", estimate.mean());
    return estimate.halfWidth().isPresent()
        ? mean + String.format(Locale.ROOT, " ±%.1f", estimate.halfWidth().getAsDouble())
        : mean;
  }

  private static String aligned(List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = rows.stream().mapToInt(r -> r.get(at).length()).max().orElse(0);
        String format = column == 0 ? "%-" + width + "s" : "   %" + width + "s";
        line.append(format.formatted(row.get(column)));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
