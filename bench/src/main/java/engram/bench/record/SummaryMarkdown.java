package engram.bench.record;

import engram.cl.catalog.Strategies;
import engram.cl.experiment.RunEvent.StrategyDiverged;
import engram.cl.metrics.Estimate;
import engram.cl.result.StrategyRun;
import engram.cl.result.StrategySummary;
import java.util.List;
import java.util.Locale;

/** {@code summary.md}: the strategies of a run as a table that a README can take in. */
final class SummaryMarkdown {
  private SummaryMarkdown() {}

  /**
   * A line for each strategy; figures have their 95 % interval where there are several seeds.
   *
   * @param diverged strategies that are not among the runs; each is said below the table
   * @param findings of a doctor; each is said below the table
   * @param known says what a strategy keeps
   * @param tasks number of tasks of the run; a strategy that has done fewer says so
   */
  static String markdown(
      List<StrategyRun> runs,
      List<StrategyDiverged> diverged,
      List<RecordedFinding> findings,
      Strategies known,
      int tasks) {
    StringBuilder text =
        new StringBuilder(
            """
            | strategy | after the last task % | average % | forgetting | task told % | seconds | keeps | buffer |
            | --- | ---: | ---: | ---: | ---: | ---: | --- | ---: |
            """);
    for (StrategySummary s : StrategySummary.of(runs)) {
      int done = s.accuracy().size();
      text.append(
          "| %s | %s | %s | %s | %s | %s | %s | %s |\n"
              .formatted(
                  done < tasks
                      ? "%s (%s of %s tasks)".formatted(s.strategy(), done, tasks)
                      : s.strategy(),
                  s.finalAccuracy().toText(),
                  s.average().toText(),
                  s.forgettingIfKept().map(Estimate::toText).orElse("-"),
                  s.taskAware().toText(),
                  String.format(Locale.ROOT, "%.0f", s.seconds().mean()),
                  known.keeps(s.strategy()),
                  s.memory().map(SummaryMarkdown::buffer).orElse("-")));
    }
    diverged.forEach(one -> text.append('\n').append(one).append('\n'));
    findings.forEach(one -> text.append("\nThe doctor on ").append(one).append('\n'));
    return text.toString();
  }

  /** Images and bytes of the last run's rehearsal memory. */
  private static String buffer(StrategyRun.MemoryUse use) {
    return "%s images, %s kB".formatted(use.images(), Math.round(use.bytes() / 1000.0));
  }
}
