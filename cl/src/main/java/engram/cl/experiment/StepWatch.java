package engram.cl.experiment;

/** Says of which steps the loss is read, and the parameters are hashed; both make a device wait. */
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
}
