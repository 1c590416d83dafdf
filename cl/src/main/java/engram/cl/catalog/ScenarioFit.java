package engram.cl.catalog;

import engram.cl.task.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which strategies go with which scenario. */
final class ScenarioFit {
  /**
   * Their formulas treat classes of the task and classes from before differently: by a margin or a
   * softmax of each, by counts of old and of all classes, or because a class is learnt once.
   */
  private static final List<String> TELL_OLD_FROM_NEW =
      List.of("wa", "x-der-rpc", "icarl", "ss-il", "eeil", "bic", "lucir", "balanced-kd", "slda");

  private ScenarioFit() {}

  /** Fails when the strategy, or its head, asks for more than the scenario has. */
  static void require(StrategySpec spec, Scenario scenario) {
    if (scenario.bringsNewClasses()) {
      return;
    }
    if (TELL_OLD_FROM_NEW.contains(spec.name())) {
      throw new IllegalArgumentException(
          "it tells old classes from new ones, and in scenario %s every task has the same; choose"
                  .formatted(scenario)
              + " from "
              + Strategies.NAMES.stream()
                  .filter(name -> !TELL_OLD_FROM_NEW.contains(name))
                  .collect(Collectors.joining(", ")));
    }
    if (spec.head().equals(Optional.of("ncm"))) {
      throw new IllegalArgumentException(
          "+ncm takes the mean of a class when it is learnt, and in scenario %s every task brings"
                  .formatted(scenario)
              + " images of it; use +nme");
    }
  }
}
