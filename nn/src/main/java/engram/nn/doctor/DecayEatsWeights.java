package engram.nn.doctor;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Weights of every layer that shrink fast and together: decay takes more than the loss gives. Slow
 * decay, by 5e-5 a step at the usual most, stays below it.
 */
final class DecayEatsWeights implements Symptom {
  /** Norm that is left of the largest. */
  private static final double LEFT = 0.5;

  /** Share that is lost a step, as a logarithm. */
  private static final double PACE = 4e-4;

  private record Peak(double norm, long step) {}

  private final Map<String, Peak> peaks = new HashMap<>();

  @Override
  public Stream<Finding> in(Examination now) {
    List<ParameterChange> weights = now.weights().stream().filter(w -> w.before() > 0).toList();
    if (weights.isEmpty() || !weights.stream().allMatch(weight -> isEaten(weight, now.step()))) {
      return Stream.empty();
    }
    ParameterChange one = weights.getFirst();
    Peak peak = peaks.getOrDefault(one.name(), new Peak(one.before(), now.step()));
    return Stream.of(
        new Finding(
            "decay-eats-weights",
            "all layers",
            String.format(
                Locale.ROOT,
                "every layer's weights have lost half their norm or more; that of %s went from"
                    + " %.3g to %.3g in %d steps.",
                one.name(),
                peak.norm(),
                one.after(),
                now.step() - peak.step() + 1),
            "Lower the weight decay: 0.0001 to 0.1 is usual, less with a large learning rate."));
  }

  private boolean isEaten(ParameterChange weight, long step) {
    Peak peak =
        peaks.merge(
            weight.name(),
            new Peak(weight.before(), step),
            (old, here) -> here.norm() > old.norm() ? here : old);
    long steps = step - peak.step() + 1;
    return weight.after() < LEFT * peak.norm()
        && weight.after() < weight.before()
        && Math.log(peak.norm() / weight.after()) > PACE * steps;
  }
}
