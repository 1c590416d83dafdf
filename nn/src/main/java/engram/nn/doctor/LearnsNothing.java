package engram.nn.doctor;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A loss that is still that of guessing after many steps: cross-entropy of the network's answers on
 * the batch that it has just learnt, beside the entropy of the labels, which one reaches who knows
 * how often each class comes, and nothing of the inputs.
 */
final class LearnsNothing implements Symptom {
  private static final int FEWEST_STEPS = 200;
  private static final int LOOKS = 8;

  /** Share of the entropy that counts as guessing. */
  private static final double GUESSING = 0.95;

  private record Reading(double loss, double ofStep, float[] labels) {}

  /** Only these classes are compared: of others nobody was told anything. */
  private final BitSet seen = new BitSet();

  private final Deque<Reading> last = new ArrayDeque<>();

  @Override
  public Stream<Finding> in(Examination now) {
    if (!now.labelled() || now.rows() < 2) {
      return Stream.empty();
    }
    float[] labels = Arrays.copyOf(now.targets(), now.rows());
    for (float label : labels) {
      if (!(label >= 0 && label < now.classes())) {
        return Stream.empty();
      }
      seen.set((int) label);
    }
    last.addLast(new Reading(crossEntropy(now), now.loss(), labels));
    if (last.size() > LOOKS) {
      last.removeFirst();
    }
    if (now.step() < FEWEST_STEPS || last.size() < LOOKS) {
      return Stream.empty();
    }
    double loss = last.stream().mapToDouble(Reading::loss).average().orElseThrow();
    double guessing = entropy();
    // A loss of another kind may fall without these logits.
    double ofSteps = last.stream().mapToDouble(Reading::ofStep).average().orElseThrow();
    if (!(Math.min(loss, ofSteps) > GUESSING * guessing) || guessing == 0) {
      return Stream.empty();
    }
    return Stream.of(
        new Finding(
            "learns-nothing",
            "loss",
            String.format(
                Locale.ROOT,
                "after %d steps the cross-entropy is %.2f, and to know only how often each class"
                    + " comes gives %.2f.",
                now.step(),
                loss,
                guessing),
            "Labels may not belong to their inputs (shuffled apart?): look at some pairs. If they"
                + " do, try other learning rates, and first to learn one batch by heart."));
  }

  private double crossEntropy(Examination now) {
    double sum = 0;
    for (int row = 0; row < now.rows(); row++) {
      int at = row * now.classes();
      double largest = Double.NEGATIVE_INFINITY;
      for (int k = seen.nextSetBit(0); k >= 0; k = seen.nextSetBit(k + 1)) {
        largest = Math.max(largest, now.logits()[at + k]);
      }
      double total = 0;
      for (int k = seen.nextSetBit(0); k >= 0; k = seen.nextSetBit(k + 1)) {
        total += Math.exp(now.logits()[at + k] - largest);
      }
      sum += largest + Math.log(total) - now.logits()[at + (int) now.targets()[row]];
    }
    return sum / now.rows();
  }

  private double entropy() {
    Map<Float, Integer> counts = new HashMap<>();
    int all = 0;
    for (Reading reading : last) {
      for (float label : reading.labels()) {
        counts.merge(label, 1, Integer::sum);
        all++;
      }
    }
    double entropy = 0;
    for (int count : counts.values()) {
      double share = (double) count / all;
      entropy -= share * Math.log(share);
    }
    return entropy;
  }
}
