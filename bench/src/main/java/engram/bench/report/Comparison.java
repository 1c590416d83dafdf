package engram.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Strategies whose accuracies can be compared, since they are measured on the same images in the
 * same tasks.
 *
 * @param runs what the page calls the runs that they are of
 * @param ranking by accuracy after the last task, best first; those that have not done all their
 *     tasks come last, since fewer classes are easier
 * @param accuracyChart numbers of their accuracy curves
 * @param apart what keeps them apart from the first of several: fields of the protocol card with
 *     both values; empty for the first
 */
public record Comparison(
    List<String> runs, List<StrategyView> ranking, String accuracyChart, List<String> apart) {

  /** Sorts strategies, in their order, by what they are measured on. */
  static List<Comparison> of(List<StrategyView> strategies) {
    Map<Map<String, String>, List<StrategyView>> groups = new LinkedHashMap<>();
    for (StrategyView strategy : strategies) {
      groups
          .computeIfAbsent(strategy.panel().measured(), measured -> new ArrayList<>())
          .add(strategy);
    }
    List<Comparison> comparisons = new ArrayList<>();
    groups.forEach(
        (measured, group) -> {
          Map<String, String> first = groups.keySet().iterator().next();
          List<String> apart =
              measured.entrySet().stream()
                  .filter(field -> !field.getValue().equals(first.get(field.getKey())))
                  .map(
                      field ->
                          "%s: %s, not %s"
                              .formatted(
                                  field.getKey(), field.getValue(), first.get(field.getKey())))
                  .toList();
          comparisons.add(
              new Comparison(
                  group.stream().map(StrategyView::run).distinct().toList(),
                  group.stream().sorted(BY_RANK).toList(),
                  Charts.accuracy(group),
                  apart));
        });
    return List.copyOf(comparisons);
  }

  private static final Comparator<StrategyView> BY_RANK =
      Comparator.comparing((StrategyView s) -> s.tasks() < s.allTasks())
          .thenComparingDouble(s -> -s.summary().finalAccuracy().mean());

  /** Whether their tasks share their labels. */
  public boolean labelsRepeat() {
    return ranking.stream().anyMatch(s -> s.scenario().labelsRepeat());
  }
}
