package engram.nn.doctor;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Weights of all layers that shrink fast and together: decay takes more than the loss gives. Usual
 * decay takes a share of 5e-5 a step at most, and stays below it.
 */
final class DecayEatsWeights implements Symptom {
  /** Share that is left of the norm of all weights. */
  private static final double LEFT = 0.5;

  /** Share that is left of each layer's. */
  private static final double LEFT_OF_EACH = 0.8;

  /** Share that is lost a step, as a logarithm. */
  private static final double PACE = 4e-4;

  private static final String ALL = "";

  private record Peak(double norm, long step) {}

  private final Map<String, Peak> peaks = new HashMap<>();

  @Override
  public Stream<Finding> in(Examination now) {
    List<ParameterChange> weights = now.weights().stream().filter(w -> w.before() > 0).toList();
    if (weights.isEmpty()) {
      return Stream.empty();
    }
    weights.forEach(weight -> note(weight.name(), weight.before(), now.step()));
    note(ALL, norm(weights.stream().mapToDouble(ParameterChange::before)), now.step());
    Peak peak = peak(ALL);
    double after = norm(weights.stream().mapToDouble(ParameterChange::after));
    long steps = now.step() - peak.step() + 1;
    boolean each = weights.stream().allMatch(w -> w.after() < LEFT_OF_EACH * peak(w.name()).norm());
    boolean eaten =
        after < LEFT * peak.norm() && Math.log(peak.norm() / after) > PACE * steps && each;
    if (!eaten) {
      return Stream.empty();
    }
    return Stream.of(
        new Finding(
            "decay-eats-weights",
            "all layers",
            String.format(
                Locale.ROOT,
                "the weights of every layer shrink: the norm of all went from %.3g to %.3g"
                    + " in %d steps.",
                peak.norm(),
                after,
                steps),
            "Lower the weight decay: 0.0001 to 0.1 is usual, less with a large learning"
                + " rate."));
  }

  private static double norm(DoubleStream norms) {
    return Math.sqrt(norms.map(norm -> norm * norm).sum());
  }

  private void note(String name, double norm, long step) {
    peaks.merge(name, new Peak(norm, step), (old, here) -> here.norm() > old.norm() ? here : old);
  }

  private Peak peak(String name) {
    return Objects.requireNonNull(peaks.get(name));
  }
}
