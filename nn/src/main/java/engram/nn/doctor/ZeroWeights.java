package engram.nn.doctor;

import java.util.stream.Stream;

/**
 * Weights that are all one number at the start: every unit of the layer computes the same and gets
 * the same gradient, so they stay the same (Goodfellow et al. 2016, section 8.4). A classifier may
 * begin so, because what it multiplies differs.
 */
final class ZeroWeights implements Symptom {
  private boolean found;

  @Override
  public Stream<Finding> in(Examination now) {
    if (now.look() > 1) {
      return Stream.empty();
    }
    String classifier = now.model().classifierName() + ".weight";
    return now.weights().stream()
        .filter(weight -> weight.same() && !weight.name().equals(classifier))
        .filter(weight -> weight.shape().elements() > 1)
        .peek(_ -> found = true)
        .limit(1)
        .map(
            weight ->
                new Finding(
                    "zero-weights",
                    weight.name(),
                    weight.before() == 0
                        ? "all its %d weights begin at 0: its units stay alike, or nothing passes."
                            .formatted(weight.shape().elements())
                        : "all its %d weights begin at one number: its units stay alike."
                            .formatted(weight.shape().elements()),
                    "Draw them at random, such as by kaiming-normal or torch-default."));
  }

  /** Whether some layer began so. */
  boolean found() {
    return found;
  }
}
