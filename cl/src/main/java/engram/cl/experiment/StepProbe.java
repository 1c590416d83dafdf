package engram.cl.experiment;

/**
 * Looks into tasks while they are learnt: with one, an experiment measures the network on {@value
 * HeldImages#OF_TASK} test images of each task met, as often as costs about what training costs.
 * What is learnt stays the same, bit by bit.
 *
 * <p>It is called in the thread that trains, after each step and before the first of a task.
 */
public interface StepProbe {
  /** Measures when it is time, and never waits. */
  StepProbe PASSIVE = new StepProbe() {};

  /** Whether to measure now, although it may not be time. */
  default boolean asks() {
    return false;
  }

  /** Called next; training goes on when it returns. */
  default void pause() {}
}
