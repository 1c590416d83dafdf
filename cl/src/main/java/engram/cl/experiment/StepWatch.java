package engram.cl.experiment;

import engram.nn.train.Trainer;
import engram.nn.train.TrainingStep;

/**
 * Says of which steps the loss is read, and the parameters are hashed; both make a device wait. It
 * runs the steps, so that it may look at what a step changes.
 */
@FunctionalInterface
public interface StepWatch {
  /** The first step of each epoch, and every tenth from there: what a run notes. */
  StepWatch EVERY_TENTH = (id, step) -> step % 10 == 0;

  /**
   * Whether this one is read.
   *
   * @param id which epoch
   * @param step of this epoch, from 0
   */
  boolean reads(EpochId id, int step);

  /**
   * Runs a step whose batch is in place. Looking must not change what is trained; one that looks
   * closer may run it node by node.
   *
   * @param id which epoch
   * @param ofTask number of the step in its task, from 0
   * @param trainer of the step
   */
  default void run(EpochId id, int ofTask, Trainer trainer, TrainingStep step) {
    step.run();
  }
}
