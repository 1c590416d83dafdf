package engram.cl.experiment;

import engram.cl.state.State;
import engram.cl.state.Stateful;
import engram.nn.train.TrainingStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the terms of the loss now and then, and keeps their mean over an epoch. */
final class LossMeter implements Stateful {
  private final double largest;
  private final Map<String, Double> sums = new LinkedHashMap<>();
  private List<LossTerm> last = List.of();
  private int readings;

  /**
   * A meter of one epoch.
   *
   * @param largest loss that is still training
   */
  LossMeter(double largest) {
    this.largest = largest;
  }

  /**
   * Reads what the objective of a step keeps.
   *
   * @param number of the step in its task, from 1
   * @throws Diverged as {@link #require}
   */
  void read(TrainingStep step, EpochId id, int number) {
    require(step, id, number);
    List<LossTerm> terms = new ArrayList<>();
    for (String name : step.terms()) {
      double value = step.value(name);
      sums.merge(name, value, Double::sum);
      terms.add(new LossTerm(name, value));
    }
    last = terms;
    readings++;
  }

  /**
   * Looks at the loss of a step without keeping it.
   *
   * @throws Diverged if the loss, or a term of it, is no number any more, or beyond all bounds
   */
  void require(TrainingStep step, EpochId id, int number) {
    for (String name : step.terms()) {
      if (!Double.isFinite(step.value(name))) {
        throw new Diverged(
            id.task(), number, "the loss (%s) is %s".formatted(name, step.value(name)));
      }
    }
    double loss = step.loss();
    if (!(loss <= largest)) {
      throw new Diverged(
          id.task(),
          number,
          String.format(
              Locale.ROOT, "the loss is %.3g, over a thousand times that of guessing", loss));
    }
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
