package engram.bench.run;

import engram.cl.catalog.Strategies;
import engram.cl.experiment.StrategyRun;
import engram.cl.experiment.StrategySummary;
import engram.cl.metrics.Estimate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code summary.md}: the strategies of a run as a table that a README can take in. */
final class SummaryTable {
  private SummaryTable() {}

  /**
   * A line for each strategy; figures have their 95 % interval where there are several seeds.
   *
   * @param tasks number of tasks of the run; a strategy that has done fewer says so
   */
  static String markdown(List<StrategyRun> runs, int tasks) {
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
                      ? "%s (%d of %d tasks)".formatted(s.strategy(), done, tasks)
                      : s.strategy(),
                  figure(s.finalAccuracy()),
                  figure(s.average()),
                  s.forgettingIfKept().map(SummaryTable::figure).orElse("-"),
                  figure(s.taskAware()),
                  String.format(Locale.ROOT, "%.0f", s.seconds().mean()),
                  Strategies.keeps(s.strategy()),
                  buffer(runs, s.strategy())));
    }
    return text.toString();
  }

  private static String figure(Estimate estimate) {
    return estimate.halfWidth().isPresent()
        ? String.format(
            Locale.ROOT, "%.1f ±%.1f", estimate.mean(), estimate.halfWidth().getAsDouble())
        : String.format(Locale.ROOT, "%.1f", estimate.mean());
  }

  /** Images and bytes of the last run's rehearsal memory. */
  private static String buffer(List<StrategyRun> runs, String strategy) {
    Optional<StrategyRun.MemoryUse> use =
        runs.stream()
            .filter(run -> run.strategy().equals(strategy))
            .reduce((first, second) -> second)
            .flatMap(StrategyRun::memory);
    return use.map(m -> "%d images, %d kB".formatted(m.images(), Math.round(m.bytes() / 1000.0)))
        .orElse("-");
  }
}
