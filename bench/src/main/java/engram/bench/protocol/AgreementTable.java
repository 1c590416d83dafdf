package engram.bench.protocol;

import engram.bench.console.Columns;
import engram.bench.console.Lines;
import engram.cl.metrics.Estimate;
import engram.cl.protocol.Agreement;
import engram.cl.protocol.PublishedResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Ours beside the published figures, as the screen and the verified table show them. */
public final class AgreementTable {
  private AgreementTable() {}

  /**
   * Lines for the screen.
   *
   * @param deviations settings in which the run is not the protocol
   */
  public static String text(
      Protocol protocol, List<Agreement> agreements, List<String> deviations) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("mean of tasks, % ± " + errorName(protocol), "published", "here", "apart", ""));
    for (Agreement agreement : agreements) {
      rows.add(
          List.of(
              agreement.published().strategy(),
              published(agreement.published()),
              ours(agreement),
              apart(agreement),
              verdict(agreement)));
    }
    StringBuilder text = new StringBuilder();
    text.append(Lines.wrapped(protocol.title(), 2)).append(Columns.figures(rows));
    deviations.forEach(line -> text.append(Lines.wrapped("not as published: " + line, 2)));
    return text.toString();
  }

  /** {@code deviation} or {@code standard error}: what ± means in the source. */
  public static String errorName(Protocol protocol) {
    return protocol.published().getFirst().deviation() ? "deviation" : "standard error";
  }

  /** {@code 90.78 ±0.85}. */
  public static String published(PublishedResult result) {
    return figure(result.accuracy(), result.error());
  }

  /** {@code 90.91 ±0.72 (10)}, with the same kind of error and the number of seeds. */
  public static String ours(Agreement agreement) {
    Estimate ours = agreement.ours();
    OptionalDouble error =
        agreement.published().deviation() ? ours.deviation() : ours.standardError();
    return "%s (%d)".formatted(figure(ours.mean(), error), ours.count());
  }

  private static String figure(double mean, OptionalDouble error) {
    String text = String.format(Locale.ROOT, "%.2f", mean);
    return error.isEmpty()
        ? text
        : text + String.format(Locale.ROOT, " ±%.2f", error.getAsDouble());
  }

  /** {@code +0.13}. */
  public static String apart(Agreement agreement) {
    return String.format(Locale.ROOT, "%+.2f", agreement.difference());
  }

  /** Whether the two agree, and by which rule. */
  public static String verdict(Agreement agreement) {
    if (agreement.intervalsMeet().orElse(false)) {
      return "intervals meet";
    }
    boolean near = Math.abs(agreement.difference()) <= Agreement.NEAR;
    return near ? "within 2 points" : "differs";
  }
}
