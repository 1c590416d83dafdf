package engram.nn.doctor;

import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/** A step that changes weights by more than their own size: usual is a thousandth of it. */
final class RateTooLarge implements Symptom {
  private static final double MOST = 1;

  @Override
  public Stream<Finding> in(Examination now) {
    return now.weights().stream()
        .filter(weight -> weight.before() > 0 && weight.ratio() > MOST)
        .max(Comparator.comparing(ParameterChange::ratio))
        .map(
            weight ->
                new Finding(
                    "rate-too-large",
                    weight.name(),
                    String.format(
                        Locale.ROOT,
                        "step %d changed it by %.3g times its own norm; about 0.001 is usual.",
                        now.step(),
                        weight.ratio()),
                    "Lower the learning rate, or clip the gradients."))
        .stream();
  }
}
