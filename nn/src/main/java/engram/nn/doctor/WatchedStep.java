package engram.nn.doctor;

import engram.backend.Buffer;
import engram.nn.train.TrainingStep;
import engram.plan.Plan;
import java.util.function.DoubleSupplier;

/**
 * A step that a doctor runs and looks at: one of a trainer, or of a loop of one's own.
 *
 * @param plan computes the gradients; it has inputs named {@code inputs} and {@code targets}
 * @param inputs of the batch, [N, ...]
 * @param targets of the batch, [N]
 * @param spent how many backward passes among the gradients an earlier step has taken already
 * @param run changes the parameters
 * @param loss of the step, when it has run
 */
public record WatchedStep(
    Plan plan, Buffer inputs, Buffer targets, int spent, Runnable run, DoubleSupplier loss) {

  static WatchedStep of(TrainingStep step) {
    return new WatchedStep(step.plan(), step.inputs(), step.targets(), 0, step::run, step::loss);
  }
}
