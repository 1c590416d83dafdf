package engram.cl.stream;

/**
 * How long a task is trained: passes over its examples, each in an order of its own, cut into
 * batches.
 *
 * @param examples of the task
 * @param batch examples of a batch
 * @param steps in all
 * @param wholeBatches whether what is left at the end of a pass is dropped where it is no whole
 *     batch; examples that are fewer than a batch are one all the same
 */
public record TaskLength(int examples, int batch, int steps, boolean wholeBatches) {

  public TaskLength {
    if (examples < 1 || batch < 1 || steps < 1) {
      throw new IllegalArgumentException(
          "training: %d images in batches of %d for %d steps, expected one or more of each"
              .formatted(examples, batch, steps));
    }
  }

  /** Whole passes. */
  public static TaskLength ofEpochs(int epochs, int examples, int batch) {
    long steps = (long) epochs * Math.ceilDiv(examples, batch);
    if (steps > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "training: %s epochs of %s images in batches of %s are %s steps, expected at most %s"
              .formatted(epochs, examples, batch, steps, Integer.MAX_VALUE));
    }
    return new TaskLength(examples, batch, (int) steps, false);
  }

  /**
   * A number of steps, as PyTorch's {@code drop_last} gives batches to those who count them: passes
   * of whole batches, the last of which ends where the steps do.
   */
  public static TaskLength ofSteps(int steps, int examples, int batch) {
    return new TaskLength(examples, batch, steps, true);
  }

  /** Steps of a whole pass. */
  public int stepsOfPass() {
    return wholeBatches ? Math.max(1, examples / batch) : Math.ceilDiv(examples, batch);
  }

  /** Number of passes; the last may be cut short. */
  public int passes() {
    return Math.ceilDiv(steps, stepsOfPass());
  }

  /** Steps of one pass, counted from 0. */
  public int steps(int pass) {
    return Math.min(stepsOfPass(), steps - pass * stepsOfPass());
  }

  /** Examples that are trained on in one pass, counted from 0. */
  public int images(int pass) {
    return (int) Math.min(examples, (long) steps(pass) * batch);
  }
}
