package engram.cl.experiment;

import engram.cl.state.State;
import engram.cl.state.Stateful;
import engram.nn.train.TrainingStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the terms of the loss now and then, and keeps their mean over an epoch. */
final class LossMeter implements Stateful {
  private final Map<String, Double> sums = new LinkedHashMap<>();
  private List<LossTerm> last = List.of();
  private int readings;

  /**
   * Reads what the objective of a step keeps.
   *
   * @throws IllegalStateException if a term is no number any more
   */
  void read(TrainingStep step, EpochId id) {
    List<LossTerm> terms = new ArrayList<>();
    for (String name : step.terms()) {
      double value = step.value(name);
      if (!Double.isFinite(value)) {
        throw new IllegalStateException(
            "strategy \"%s\", seed %d, task %d, epoch %d: the loss (%s) is %s, training diverged; use a smaller --lr"
                .formatted(id.strategy(), id.seed(), id.task() + 1, id.epoch() + 1, name, value));
      }
      sums.merge(name, value, Double::sum);
      terms.add(new LossTerm(name, value));
    }
    last = terms;
    readings++;
  }

  /** The last reading. */
  List<LossTerm> last() {
    return last;
  }

  /** Mean of all readings. */
  List<LossTerm> means() {
    List<LossTerm> means = new ArrayList<>();
    sums.forEach((name, sum) -> means.add(new LossTerm(name, sum / readings)));
    return means;
  }

  @Override
  public void state(State state) {
    readings = state.number("readings", readings);
    String names = state.text("terms", String.join(" ", sums.keySet()));
    for (String name : names.isEmpty() ? new String[0] : names.split(" ")) {
      sums.put(name, state.real("sum." + name, sums.getOrDefault(name, 0.0)));
    }
  }
}
