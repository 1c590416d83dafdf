package engram.cl.experiment;

import engram.nn.train.TrainingStep;

/**
 * Says of which steps the loss is read, and the parameters are hashed; both make a device wait. And
 * runs the steps.
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
   * Runs a step whose inputs are filled. One that looks closer may run it node by node.
   *
   * @param id which epoch
   * @param ofTask number of the step in its task, from 0
   */
  default void run(EpochId id, int ofTask, TrainingStep step) {
    step.run();
  }
}
