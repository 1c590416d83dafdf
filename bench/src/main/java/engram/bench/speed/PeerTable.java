package engram.bench.speed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Results side by side. In the long table a ratio is between two that ran in turns in one process;
 * in the short one the best of each side counts, whatever its setting.
 */
record PeerTable(List<PeerResult> results) {

  /** All results, each peer with how many times as fast we were in the same process. */
  List<String> all() {
    String format = "%-11s %-18s %-22s %9s %-8s %5s";
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, format, "work", "setting", "", "rate", "", "ratio"));
    for (PeerResult result : results) {
      lines.add(
          String.format(
              Locale.ROOT,
              format,
              result.work(),
              result.setting(),
              result.name(),
              String.format(Locale.ROOT, "%.1f", result.rate()),
              result.unit(),
              result.isOurs() ? "" : ratio(result)));
    }
    return lines;
  }

  /** One line for each work: our best setting against the peer's best. */
  List<String> best() {
    List<String> lines = new ArrayList<>();
    for (String work : results.stream().map(PeerResult::work).distinct().toList()) {
      best(work, true)
          .ifPresent(
              ours ->
                  best(work, false)
                      .ifPresent(
                          peer ->
                              lines.add(
                                  String.format(
                                      Locale.ROOT,
                                      "%-14s  %s: ratio %.2f to %s",
                                      work,
                                      described(ours),
                                      ours.rate() / peer.rate(),
                                      described(peer)))));
    }
    return lines;
  }

  private Optional<PeerResult> best(String work, boolean ours) {
    return results.stream()
        .filter(result -> result.work().equals(work) && result.isOurs() == ours)
        .max(Comparator.comparingDouble(PeerResult::rate));
  }

  private static String described(PeerResult result) {
    return String.format(
        Locale.ROOT,
        "%s %.1f %s (%s; %.3g ms a step, 99 %% below %.3g)",
        result.name(),
        result.rate(),
        result.unit(),
        result.setting(),
        result.milliseconds(),
        result.rare());
  }

  private String ratio(PeerResult peer) {
    double ours =
        results.stream()
            .filter(r -> r.isOurs() && r.work().equals(peer.work()))
            .filter(r -> r.setting().equals(peer.setting()))
            .mapToDouble(PeerResult::rate)
            .findFirst()
            .orElse(Double.NaN);
    return String.format(Locale.ROOT, "%.2f", ours / peer.rate());
  }
}
