package engram.bench.verified;

import engram.bench.protocol.AgreementTable;
import engram.bench.protocol.Protocol;
import engram.bench.record.RecordedRun;
import engram.bench.record.RecordedStrategy;
import engram.cl.protocol.Agreement;
import engram.cl.protocol.Protocols;
import engram.cl.result.StrategyRun;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code cl/VERIFIED.md}: every published figure beside ours, out of run folders. */
final class VerifiedTable {
  private VerifiedTable() {}

  /**
   * The page.
   *
   * @param runs run folders; those of no protocol are passed over
   */
  static String markdown(List<RecordedRun> runs) {
    StringBuilder table = new StringBuilder();
    StringBuilder notes = new StringBuilder();
    int rows = 0;
    int agreeing = 0;
    for (String name : Protocols.NAMES) {
      Protocol protocol = Protocol.of(name);
      List<RecordedRun> ofProtocol =
          runs.stream().filter(run -> name.equals(run.settings().get("protocol"))).toList();
      List<StrategyRun> results =
          ofProtocol.stream()
              .flatMap(run -> run.strategies().stream())
              .map(RecordedStrategy::run)
              .toList();
      for (Agreement agreement : protocol.agreements(results)) {
        rows++;
        agreeing += agreement.holds() ? 1 : 0;
        table.append(row(rows, protocol, agreement, results));
      }
      notes.append(note(protocol, ofProtocol));
    }
    return """
    # Published results and ours

    Made by `engram protocols --table`. Each figure is the accuracy after the last task, mean
    over tasks, in percent, on test images; ± is what the source gives there (deviation or
    standard error), ours of the same kind, with our seeds in brackets. Two results agree
    where the 95 %% t-intervals of their means meet, or where they are within two points.
    **%d of %d rows agree.** No setting was chosen here: each protocol has its source's own.

    | # | protocol | strategy | published | here | apart | | how known | s a seed |
    | ---: | --- | --- | ---: | ---: | ---: | --- | --- | ---: |
    %s
    %s\
    """
        .formatted(agreeing, rows, table, notes);
  }

  private static String row(
      int number, Protocol protocol, Agreement agreement, List<StrategyRun> results) {
    String strategy = agreement.published().strategy();
    double seconds =
        results.stream()
            .filter(run -> run.strategy().equals(strategy))
            .mapToDouble(StrategyRun::seconds)
            .average()
            .orElseThrow();
    return "| %d | %s | `%s` | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            number,
            protocol.name(),
            strategy,
            AgreementTable.published(agreement.published()),
            AgreementTable.ours(agreement),
            AgreementTable.apart(agreement),
            AgreementTable.verdict(agreement),
            agreement.published().read(),
            String.format(Locale.ROOT, "%.0f", seconds));
  }

  private static String note(Protocol protocol, List<RecordedRun> runs) {
    Set<String> deviations = new LinkedHashSet<>();
    for (RecordedRun run : runs) {
      deviations.addAll(protocol.deviations(run.settings()));
    }
    if (runs.isEmpty()) {
      return "## %s\n\n%s\n\nNot run.\n\n".formatted(protocol.name(), protocol.title());
    }
    String differs =
        deviations.isEmpty()
            ? ""
            : "Not as published: %s.\n\n".formatted(String.join("; ", deviations));
    return "## %s\n\n%s. %s\n\n%s\n\n%s"
        .formatted(protocol.name(), protocol.title(), protocol.source(), protocol.note(), differs);
  }
}
