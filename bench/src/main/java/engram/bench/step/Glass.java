package engram.bench.step;

import engram.nn.train.Recording;
import engram.nn.train.TrainingStep;
import engram.plan.Plan;
import java.util.List;

/**
 * A step that was looked at: how it was recorded, and one run of it.
 *
 * @param title such as {@code network simple, batch 4}
 * @param about further lines: data, device
 * @param batch images of the step
 */
record Glass(String title, List<String> about, int batch, Recording recording, Capture run) {

  /** Runs a step whose inputs are filled, and keeps every value. */
  static Glass of(String title, List<String> about, TrainingStep step) {
    Plan plan = step.plan();
    Capture run = Capture.of(plan, step::run);
    return new Glass(title, about, step.targets().elements(), step.recording(), run);
  }

  Plan plan() {
    return run.plan();
  }
}
