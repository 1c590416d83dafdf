package engram.nn.doctor;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * Answers that are certain and wrong: the largest logit is so far above the next that softmax is 1
 * in float32. Certain and right is what training is for.
 */
final class SaturatedSoftmax implements Symptom {
  /** exp(-17) is the rounding of float32; this is far beyond. */
  private static final double GAP = 30;

  private static final int FEWEST_ROWS = 8;

  @Override
  public Stream<Finding> in(Examination now) {
    if (!now.labelled() || now.rows() < FEWEST_ROWS || !now.settled()) {
      return Stream.empty();
    }
    int wrong = 0;
    double gaps = 0;
    for (int row = 0; row < now.rows(); row++) {
      int best = 0;
      double largest = Double.NEGATIVE_INFINITY;
      double next = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < now.classes(); k++) {
        double logit = now.logits()[row * now.classes() + k];
        if (logit > largest) {
          next = largest;
          largest = logit;
          best = k;
        } else {
          next = Math.max(next, logit);
        }
      }
      if (largest - next > GAP && best != now.targets()[row]) {
        wrong++;
        gaps += largest - next;
      }
    }
    if (2 * wrong <= now.rows()) {
      return Stream.empty();
    }
    return Stream.of(
        new Finding(
            "saturated-softmax",
            "logits",
            String.format(
                Locale.ROOT,
                "%d of %d answers are wrong though softmax calls them certain: the largest logit is"
                    + " %.0f above the next (step %d).",
                wrong,
                now.rows(),
                gaps / wrong,
                now.step()),
            "Scale the inputs, draw smaller weights, or lower the learning rate."));
  }
}
