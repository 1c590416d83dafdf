package engram.nn.doctor;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A ReLU most of whose units give 0 for every input: no gradient passes them, so they stay so. */
final class DeadRectifier implements Symptom {
  /** Some units may be dead, or asleep for the classes at hand. */
  private static final double MOST = 0.9;

  private static final int FEWEST_ROWS = 8;

  private final Map<Integer, Integer> looks = new HashMap<>();
  private boolean found;

  @Override
  public Stream<Finding> in(Examination now) {
    if (now.rows() < FEWEST_ROWS || !now.settled()) {
      return Stream.empty();
    }
    for (int i = 0; i < now.activations().size(); i++) {
      Activation made = now.activations().get(i);
      double share = (double) made.zero() / made.units();
      if (!made.rectifier() || share < MOST) {
        looks.remove(i);
        continue;
      }
      // All of them at once is clear; nearly all might be the batch.
      if (looks.merge(i, 1, Integer::sum) > 1 || made.zero() == made.units()) {
        found = true;
        return Stream.of(finding(made, owner(now, i), now));
      }
    }
    return Stream.empty();
  }

  /** The layer with weights before a rectifier, by which people find it. */
  private static String owner(Examination now, int index) {
    for (int i = index - 1; i >= 0; i--) {
      if (!now.activations().get(i).rectifier()) {
        return now.activations().get(i).layer();
      }
    }
    return "inputs";
  }

  private static Finding finding(Activation made, String owner, Examination now) {
    return new Finding(
        "dead-rectifier",
        made.layer() + " behind " + owner,
        "%d of its %d units give 0 for each of %d %ss (step %d): they get no gradient and stay so."
            .formatted(made.zero(), made.units(), now.rows(), now.example(), now.step()),
        "Lower the learning rate, look at the biases of %s, or take a leaky ReLU."
            .formatted(owner));
  }

  /** Whether one was found. */
  boolean found() {
    return found;
  }
}
