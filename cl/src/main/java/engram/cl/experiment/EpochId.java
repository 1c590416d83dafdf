package engram.cl.experiment;

/**
 * One epoch of an experiment; tasks and epochs count from 0.
 *
 * @param strategy name of the strategy
 * @param seed seed of the run
 * @param task task that is learnt
 * @param tasks number of tasks
 * @param epoch epoch of this task
 * @param epochs number of epochs of this task
 */
public record EpochId(String strategy, long seed, int task, int tasks, int epoch, int epochs) {

  /** Another epoch of the same task. */
  EpochId at(int other) {
    return new EpochId(strategy, seed, task, tasks, other, epochs);
  }
}
