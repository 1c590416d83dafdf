package engram.nn.doctor;

import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Units of a layer with weights that give the same for every input: their variance is 0. */
final class ConstantFeature implements Symptom {
  private static final int FEWEST_ROWS = 8;
  private static final int LOOKS = 2;

  private final BooleanSupplier explained;
  private int looks;

  /**
   * @param explained whether something else was found that makes layers behind it constant
   */
  ConstantFeature(BooleanSupplier explained) {
    this.explained = explained;
  }

  @Override
  public Stream<Finding> in(Examination now) {
    if (now.rows() < FEWEST_ROWS || explained.getAsBoolean()) {
      return Stream.empty();
    }
    // The first layer that has any: what follows may only pass it on.
    var first =
        now.activations().stream().filter(a -> !a.rectifier() && a.constant() > 0).findFirst();
    looks = first.isPresent() ? looks + 1 : 0;
    return first
        .filter(_ -> looks >= LOOKS)
        .map(
            made ->
                new Finding(
                    "constant-feature",
                    made.layer(),
                    "%d of its %d units give the same for each of %d %ss (step %d): their variance"
                            .formatted(
                                made.constant(),
                                made.units(),
                                now.rows(),
                                now.example(),
                                now.step())
                        + " is 0.",
                    "Look whether its inputs differ at all, and whether its weights are 0."))
        .stream();
  }
}
