package engram.bench.verified;

import engram.bench.protocol.AgreementTable;
import engram.bench.protocol.Protocol;
import engram.bench.record.RecordedRun;
import engram.bench.record.RecordedStrategy;
import engram.cl.protocol.Agreement;
import engram.cl.protocol.Protocols;
import engram.cl.result.StrategyRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@code cl/VERIFIED.md}: every published figure beside ours, out of run folders.
 *
 * <p>A strategy with a seed counts once, however many folders hold it, and only when it has done
 * all its tasks. Runs that are not quite the protocol have rows of their own, which say what they
 * changed and have no number: they are no verification.
 */
final class VerifiedTable {
  private final StringBuilder table = new StringBuilder();
  private final StringBuilder notes = new StringBuilder();
  private int rows;
  private int agreeing;

  private VerifiedTable() {}

  /**
   * The page.
   *
   * @param runs run folders; those of no protocol are passed over
   * @param unread a line on each folder that could not be read as a run
   */
  static String markdown(List<RecordedRun> runs, List<String> unread) {
    VerifiedTable made = new VerifiedTable();
    for (String name : Protocols.NAMES) {
      made.add(
          Protocol.of(name),
          runs.stream().filter(run -> name.equals(run.settings().get("protocol"))).toList());
    }
    if (!unread.isEmpty()) {
      made.notes.append("## Not counted\n\n");
      unread.forEach(line -> made.notes.append("- %s\n".formatted(line)));
    }
    return """
    # Published results and ours

    Made by `engram protocols --table`. Each figure is the accuracy after the last task, mean
    over tasks, in percent, on test images; ± is what the source gives there (deviation or
    standard error), ours of the same kind, with our seeds in brackets; seconds are as the runs
    measured them, on whatever machine and beside whatever else. Two results agree
    where the 95 %% t-intervals of their means meet, or where they are within two points.
    **%d of %d rows agree.** No setting was chosen here: each protocol has its source's own.

    | # | protocol | strategy | published | here | apart | | how known | s a seed |
    | ---: | --- | --- | ---: | ---: | ---: | --- | --- | ---: |
    %s
    %s\
    """
        .formatted(made.agreeing, made.rows, made.table, made.notes);
  }

  private void add(Protocol protocol, List<RecordedRun> runs) {
    notes.append("## %s\n\n%s".formatted(protocol.name(), protocol.title()));
    if (runs.isEmpty()) {
      notes.append("\n\nNot run.\n\n");
      return;
    }
    notes.append(". %s\n\n%s\n\n".formatted(protocol.source(), protocol.note()));
    // Exact runs come first, whatever the order of the folders.
    Map<List<String>, List<RecordedRun>> byDeviations = new LinkedHashMap<>();
    byDeviations.put(List.of(), new ArrayList<>());
    for (RecordedRun run : runs) {
      byDeviations
          .computeIfAbsent(protocol.deviations(run.settings()), d -> new ArrayList<>())
          .add(run);
    }
    byDeviations.forEach((deviations, same) -> rows(protocol, deviations, finished(same)));
  }

  private void rows(Protocol protocol, List<String> deviations, List<StrategyRun> results) {
    for (Agreement agreement : protocol.agreements(results)) {
      boolean exact = deviations.isEmpty();
      if (exact) {
        rows++;
        agreeing += agreement.holds() ? 1 : 0;
      }
      String name =
          exact
              ? protocol.name()
              : "%s, **but %s**".formatted(protocol.name(), String.join("; ", deviations));
      table.append(row(exact ? String.valueOf(rows) : "", name, agreement, results));
    }
  }

  /** The finished results, each strategy with each seed once; the notes say what is left out. */
  private List<StrategyRun> finished(List<RecordedRun> runs) {
    Map<List<Object>, StrategyRun> results = new LinkedHashMap<>();
    Set<String> left = new LinkedHashSet<>();
    for (RecordedRun run : runs) {
      for (RecordedStrategy strategy : run.strategies()) {
        StrategyRun result = strategy.run();
        String which =
            "%s with seed %d in %s"
                .formatted(result.strategy(), result.seed(), run.folder().getFileName());
        if (strategy.tasks() < strategy.split().tasks()) {
          left.add(
              "%s, which did %d of %d tasks"
                  .formatted(which, strategy.tasks(), strategy.split().tasks()));
        } else if (results.putIfAbsent(List.of(result.strategy(), result.seed()), result) != null) {
          left.add(which + ", which another folder has");
        }
      }
    }
    left.forEach(line -> notes.append("Not counted: %s.\n\n".formatted(line)));
    return List.copyOf(results.values());
  }

  private static String row(
      String number, String protocol, Agreement agreement, List<StrategyRun> results) {
    String strategy = agreement.published().strategy();
    double seconds =
        results.stream()
            .filter(run -> run.strategy().equals(strategy))
            .mapToDouble(StrategyRun::seconds)
            .average()
            .orElseThrow();
    return "| %s | %s | `%s` | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            number,
            protocol,
            strategy,
            AgreementTable.published(agreement.published()),
            AgreementTable.ours(agreement),
            AgreementTable.apart(agreement),
            AgreementTable.verdict(agreement),
            agreement.published().read(),
            String.format(Locale.ROOT, "%.0f", seconds));
  }
}
