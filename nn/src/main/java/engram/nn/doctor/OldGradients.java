package engram.nn.doctor;

import java.util.stream.Stream;

/** Gradients that an earlier step has taken already, and that nobody set to zero since. */
final class OldGradients implements Symptom {
  @Override
  public Stream<Finding> in(Examination now) {
    if (now.spent() == 0) {
      return Stream.empty();
    }
    return Stream.of(
        new Finding(
            "old-gradients",
            "gradients",
            "step %d takes gradients of %d backward %s that an earlier step has taken already."
                .formatted(now.step(), now.spent(), now.spent() == 1 ? "pass" : "passes"),
            "A backward pass adds to what is there: begin each step with gradients of 0."));
  }
}
