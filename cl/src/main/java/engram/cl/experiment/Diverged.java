package engram.cl.experiment;

/**
 * Training left all bounds: what it goes on to compute means nothing. It ends one strategy with one
 * seed; {@link Experiment} catches it, tells it as {@link RunEvent.StrategyDiverged} and goes on
 * with the others.
 */
final class Diverged extends RuntimeException {
  /** Losses may be so many times that of guessing. */
  private static final double TIMES = 1000;

  private final int task;
  private final int step;

  /**
   * @param task from 0
   * @param step of the task, from 1; 0 for what is done when the task is trained
   * @param what is out of bounds, such as {@code the loss is NaN}
   */
  Diverged(int task, int step, String what) {
    super(what);
    this.task = task;
    this.step = step;
  }

  /**
   * The largest loss that is still training: a thousand times the cross-entropy of guessing, which
   * is the logarithm of the number of classes. A network that begins badly stays far below.
   */
  static double largestLoss(int classes) {
    return TIMES * Math.log(Math.max(2, classes));
  }

  /** What there is to tell of it. */
  RunEvent.StrategyDiverged of(String strategy, long seed) {
    return new RunEvent.StrategyDiverged(strategy, seed, task, step, String.valueOf(getMessage()));
  }
}
