package engram.cl.experiment;

import engram.cl.result.StrategyRun;
import engram.cl.state.Snapshot;
import engram.cl.state.State;
import java.util.List;
import java.util.Optional;

/**
 * What a state says of one seed; see {@link StateKeeper}.
 *
 * @param runs of strategies that are done with this seed
 * @param diverged strategies whose training diverged with this seed
 * @param strategy that is under way or comes next; empty where that is with another seed
 */
record Past(
    Snapshot from,
    Snapshot.World world,
    List<StrategyRun> runs,
    List<RunEvent.StrategyDiverged> diverged,
    Optional<String> strategy) {

  static Past of(Snapshot from, Snapshot.World world, long seed) {
    State all = from.giving(world);
    List<StrategyRun> runs =
        ResultState.runs(all.in(StateKeeper.RUNS), List.of()).stream()
            .filter(run -> run.seed() == seed)
            .toList();
    List<RunEvent.StrategyDiverged> diverged =
        ResultState.diverged(all.in(StateKeeper.DIVERGED), List.of()).stream()
            .filter(one -> one.seed() == seed)
            .toList();
    boolean own = all.number("seed", 0L) == seed;
    return new Past(
        from,
        world,
        runs,
        diverged,
        own ? Optional.of(all.text("strategy", "")) : Optional.empty());
  }

  /** Says of all seeds what was reached. */
  static RunEvent.Resumed event(Snapshot from, Snapshot.World world) {
    State all = from.giving(world);
    return new RunEvent.Resumed(
        ResultState.runs(all.in(StateKeeper.RUNS), List.of()),
        ResultState.diverged(all.in(StateKeeper.DIVERGED), List.of()),
        from.hasPart(StateKeeper.TASK)
            ? ResultState.results(all.in(StateKeeper.TASK).in("results"), List.of())
            : List.of());
  }

  /** Seconds that states had taken until then. */
  static double saving(Snapshot from, Snapshot.World world) {
    return from.giving(world).real(StateKeeper.SAVING, 0);
  }

  /** Whether nothing is left to do of a strategy. */
  boolean isDone(String name) {
    return runs.stream().anyMatch(run -> run.strategy().equals(name))
        || diverged.stream().anyMatch(one -> one.strategy().equals(name));
  }

  /** Whether this strategy is under way or comes next. */
  boolean isOf(String name) {
    return strategy.filter(name::equals).isPresent();
  }

  /** The pre-trained network of this seed. */
  Optional<State> beginning() {
    return strategy.isPresent() ? part(StateKeeper.BEGINNING) : Optional.empty();
  }

  /** The strategy at the start of the task that is under way. */
  Optional<State> task() {
    return part(StateKeeper.TASK);
  }

  /** The strategy after the last step. */
  Optional<State> now() {
    return part(StateKeeper.NOW);
  }

  private Optional<State> part(String name) {
    return from.hasPart(name) ? Optional.of(from.giving(world).in(name)) : Optional.empty();
  }
}
