package engram.bench.report;

import engram.bench.record.RecordedEpoch;
import engram.bench.record.RecordedRun;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How one strategy learnt, epoch by epoch.
 *
 * @param name as the page has it
 * @param color index of its colour
 * @param epochs of all its seeds
 */
record LearningCurve(String name, int color, List<RecordedEpoch> epochs) {
  LearningCurve {
    epochs = List.copyOf(epochs);
  }

  /**
   * Those of all strategies of a page, and of strategies that were interrupted in their first task.
   */
  static List<LearningCurve> of(List<StrategyView> strategies, List<Panel> panels) {
    List<LearningCurve> curves = new ArrayList<>();
    Set<RecordedEpoch> taken = new HashSet<>();
    for (StrategyView view : strategies) {
      List<RecordedEpoch> own =
          epochs(view.panel()).filter(e -> e.strategy().equals(view.summary().strategy())).toList();
      taken.addAll(own);
      curves.add(new LearningCurve(view.name(), view.index(), own));
    }
    Set<String> measured = new HashSet<>(strategies.stream().map(StrategyView::name).toList());
    for (Panel panel : panels) {
      for (String name : epochs(panel).map(RecordedEpoch::strategy).distinct().toList()) {
        List<RecordedEpoch> own =
            epochs(panel).filter(e -> e.strategy().equals(name) && !taken.contains(e)).toList();
        boolean planned = panel.runs().stream().anyMatch(run -> plans(run, name));
        if (!own.isEmpty() && planned && measured.add(name)) {
          curves.add(new LearningCurve(name, curves.size(), own));
        }
      }
    }
    return List.copyOf(curves.stream().filter(curve -> !curve.epochs.isEmpty()).toList());
  }

  /** Not of training that diverged, whose losses have no bound and tell of nothing else. */
  private static Stream<RecordedEpoch> epochs(Panel panel) {
    return panel.runs().stream()
        .flatMap(
            run ->
                run.epochs().stream()
                    .filter(
                        epoch ->
                            run.diverged().stream()
                                .noneMatch(
                                    d ->
                                        d.strategy().equals(epoch.strategy())
                                            && d.seed() == epoch.seed())));
  }

  /** Whether it is a strategy of the run: pre-training is none. */
  private static boolean plans(RecordedRun run, String name) {
    return List.of(run.settings().getOrDefault("strategies", "").split(", ")).contains(name);
  }
}
