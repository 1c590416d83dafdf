package engram.cl.experiment;

import engram.cl.state.Snapshot;

/**
 * A place in an experiment: after some steps of a task of a strategy.
 *
 * @param task from 0
 * @param step number of steps of this task that are done
 */
public record Position(String strategy, long seed, int task, int step) {

  /** Where a state of an experiment was taken. */
  public static Position of(Snapshot state) {
    return new Position(
        state.value("strategy"),
        Long.parseLong(state.value("seed")),
        state.hasPart(StateKeeper.TASK) ? number(state, StateKeeper.TASK + "/results/count") : 0,
        state.hasPart(StateKeeper.NOW) ? number(state, StateKeeper.NOW + "/steps") : 0);
  }

  private static int number(Snapshot state, String name) {
    return Integer.parseInt(state.value(name));
  }

  /** Whether the other is the same place or a later one of the same strategy with the same seed. */
  public boolean isBefore(Position other) {
    return strategy.equals(other.strategy)
        && seed == other.seed
        && (task < other.task || (task == other.task && step <= other.step));
  }
}
