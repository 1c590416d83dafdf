package engram.bench.run;

import engram.backend.Backend;
import engram.cl.experiment.Experiment;
import engram.cl.experiment.LossTerm;
import engram.cl.experiment.Position;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StopRequest;
import engram.cl.state.Snapshot;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs one strategy of a former run once more, up to a step, and holds each step on the way that
 * the run logged against its log.
 */
final class Replay {
  /** Steps between two that a run logs, at most. */
  private static final int LOGGED = 10;

  private final OpenRun run;
  private final Backend backend;
  private final Position target;
  private final StepLog logged;
  private final StopRequest stop = new StopRequest();
  private Optional<RunEvent.LossRead> last = Optional.empty();
  private Optional<String> difference = Optional.empty();
  private int same;

  /**
   * What came of it.
   *
   * @param read the step
   * @param same number of logged steps on the way that are the same
   * @param difference the first that is not
   */
  record Result(RunEvent.LossRead read, int same, Optional<String> difference) {}

  /**
   * @param run of this strategy and seed alone
   * @param target the task and the number of steps before the one that is asked for
   * @throws IOException if the log cannot be read, or shows that there is no such step
   */
  Replay(FormerRun former, OpenRun run, Backend backend, Position target) throws IOException {
    this.run = run;
    this.backend = backend;
    this.target = target;
    logged = StepLog.read(former.folder(), target.strategy(), target.seed());
    int end = logged.lastOf(target.task()) + LOGGED;
    if (logged.isOver(target.task()) && end <= target.step()) {
      throw tooShort(end);
    }
  }

  /**
   * Carries it out.
   *
   * @param from a state before the step; without one it begins with the strategy
   * @param screen shows how it goes
   */
  Result carryOut(Optional<Snapshot> from, Consumer<RunEvent> screen) throws IOException {
    RunConfig config = run.config();
    Experiment experiment =
        new Experiment(
            config.settings(),
            config.plugins(),
            run.dataset(),
            backend,
            screen.andThen(this::look),
            stop,
            (id, step) -> step % LOGGED == 0 || id.task() == target.task(),
            Optional.empty(),
            Optional.empty());
    var _ = from.map(experiment::resume).orElseGet(experiment::run);
    if (last.isEmpty() || (difference.isEmpty() && !isTarget(last.get()))) {
      throw tooShort(last.map(read -> read.step() + 1).orElse(0));
    }
    return new Result(last.get(), same, difference);
  }

  private IOException tooShort(int steps) {
    return new IOException(
        "%s with seed %d has %d steps in task %d at most, there is no step %d"
            .formatted(
                target.strategy(), target.seed(), steps, target.task() + 1, target.step() + 1));
  }

  private void look(RunEvent event) {
    switch (event) {
      case RunEvent.LossRead read when read.id().strategy().equals(target.strategy()) -> {
        last = Optional.of(read);
        logged.step(read.id().task(), read.step()).ifPresent(step -> compare(read, step));
        if (isTarget(read) || difference.isPresent()) {
          stop.make();
        }
      }
      case RunEvent.TaskEvaluated task when task.result().task() == target.task() -> stop.make();
      default -> {}
    }
  }

  private boolean isTarget(RunEvent.LossRead read) {
    return read.id().task() == target.task() && read.step() == target.step();
  }

  private void compare(RunEvent.LossRead read, StepLog.Step step) {
    StringBuilder was = new StringBuilder(step.hash());
    StringBuilder is = new StringBuilder(hash(read));
    for (LossTerm term : read.losses()) {
      was.append(' ').append(step.loss(term.name()));
      is.append(' ').append(term.value());
    }
    if (was.toString().contentEquals(is)) {
      same++;
    } else {
      difference =
          Optional.of(
              "task %d, step %d: logged %s, now %s"
                  .formatted(read.id().task() + 1, read.step() + 1, was, is));
    }
  }

  /** Of all parameters, as {@code steps.csv} has it. */
  static String hash(RunEvent.LossRead read) {
    return "%016x".formatted(read.hash());
  }
}
