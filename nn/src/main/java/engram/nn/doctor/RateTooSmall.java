package engram.nn.doctor;

import java.util.Locale;
import java.util.stream.Stream;

/** Steps that change no weight by what float32 can hold. */
final class RateTooSmall implements Symptom {
  /** Rounding of float32 is 6e-8 of a number; smaller updates are lost in good part. */
  private static final double LEAST = 1e-6;

  private static final int LOOKS = 4;

  private double largest;

  @Override
  public Stream<Finding> in(Examination now) {
    now.weights().forEach(weight -> largest = Math.max(largest, weight.ratio()));
    if (now.look() != LOOKS || largest >= LEAST || now.loss() == 0) {
      return Stream.empty();
    }
    return Stream.of(
        new Finding(
            "rate-too-small",
            "all layers",
            largest == 0
                ? "no weight changed in any step that was looked at, up to step " + now.step() + "."
                : String.format(
                    Locale.ROOT,
                    "no step changed any weight by more than %.1g of its norm; about 0.001 is"
                        + " usual.",
                    largest),
            "Raise the learning rate; look whether it is 0, and whether the optimiser was given"
                + " these parameters."));
  }
}
