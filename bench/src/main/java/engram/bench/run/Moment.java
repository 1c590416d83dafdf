package engram.bench.run;

import engram.backend.Backend;
import engram.base.Excerpt;
import engram.cl.experiment.EpochId;
import engram.cl.experiment.Experiment;
import engram.cl.experiment.Position;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StepWatch;
import engram.cl.experiment.StopRequest;
import engram.cl.settings.Choice;
import engram.cl.settings.Settings;
import engram.cl.state.Snapshot;
import engram.data.Dataset;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A step of a run, finished or not.
 *
 * @param config of the run with all its strategies and seeds
 * @param target the task and the number of steps before the one that is meant
 */
public record Moment(FormerRun former, RunConfig config, Position target) {
  private static final Pattern PLACE = Pattern.compile("(.+):(-?\\d{1,18}):(\\d{1,9}):(\\d{1,9})");

  /**
   * A step of the run in a folder.
   *
   * @param free options that are to be otherwise and that no result depends on
   * @throws IOException if the folder holds no run
   */
  public static Moment of(Path folder, Position target, Map<String, String> free)
      throws IOException {
    FormerRun former = new FormerRun(folder);
    return new Moment(former, former.config(free), target);
  }

  /**
   * Reads a place: strategy, seed, task and step, the last two from 1, such as {@code er:1:3:117}.
   *
   * @throws IllegalArgumentException if it is not written so
   */
  public static Position place(String text) {
    Matcher place = PLACE.matcher(text);
    if (!place.matches() || place.group(3).equals("0") || place.group(4).equals("0")) {
      throw new IllegalArgumentException(
          "--at is \"%s\", expected strategy, seed, task and step, such as er:1:3:117"
              .formatted(Excerpt.of(text)));
    }
    return new Position(
        place.group(1),
        Long.parseLong(place.group(2)),
        Integer.parseInt(place.group(3)) - 1,
        Integer.parseInt(place.group(4)) - 1);
  }

  /**
   * Holds strategy and seed to those of the run.
   *
   * @return this
   * @throws IllegalArgumentException if the run has them not
   */
  public Moment require() {
    Settings.Protocol protocol = config.settings().protocol();
    long seed = target.seed() - protocol.seed();
    if (seed < 0 || seed >= protocol.seeds()) {
      throw new IllegalArgumentException(
          "--at: the run has seeds %d to %d, not %d"
              .formatted(protocol.seed(), protocol.seed() + protocol.seeds() - 1, target.seed()));
    }
    String _ = Choice.of("strategy of this run", target.strategy(), config.settings().strategies());
    return this;
  }

  /**
   * Opens the run with all its strategies, and holds the task to its tasks.
   *
   * @throws IllegalArgumentException if the run has no such task
   */
  public OpenRun open(Dataset dataset) {
    OpenRun all = OpenRun.of(config, dataset);
    int tasks = all.tasks().tasks().size();
    if (target.task() >= tasks) {
      throw new IllegalArgumentException(
          "--at: the run has %d tasks, there is no task %d".formatted(tasks, target.task() + 1));
    }
    return all;
  }

  /** The run with this strategy and seed alone. */
  public RunConfig alone() {
    Map<String, String> texts = config.texts();
    texts.put("strategies", target.strategy());
    texts.put("seed", String.valueOf(target.seed()));
    texts.put("seeds", "1");
    return RunConfig.of(texts);
  }

  /**
   * The nearest state before the step.
   *
   * @param all the run with all its strategies
   * @throws IOException if it is of another data set or device than there is now
   */
  public Optional<Snapshot> stateBefore(OpenRun all, Backend backend, Consumer<String> notice)
      throws IOException {
    Optional<Snapshot> state =
        former.states(notice).filter(s -> Position.of(s).isBefore(target)).findFirst();
    if (state.isPresent()) {
      former.requireSame(all, backend, state.get());
    }
    return state;
  }

  /**
   * Trains up to a step and hands it over, its inputs filled, to be run.
   *
   * @param run of one strategy and seed
   * @param from a state before the step; without one it begins with the strategy
   * @param look runs the step; nothing is trained after it
   * @throws IOException if training ends before the step
   */
  public static void reach(
      OpenRun run,
      Backend backend,
      Position target,
      Optional<Snapshot> from,
      Consumer<RunEvent> screen,
      Consumer<TrainingStep> look)
      throws IOException {
    StopRequest stop = new StopRequest();
    AtomicBoolean reached = new AtomicBoolean();
    StepWatch watch =
        new StepWatch() {
          @Override
          public boolean reads(EpochId id, int step) {
            return StepWatch.EVERY_TENTH.reads(id, step);
          }

          @Override
          public void run(EpochId id, int ofTask, Trainer trainer, TrainingStep step) {
            boolean isTarget =
                id.strategy().equals(target.strategy())
                    && id.task() == target.task()
                    && ofTask == target.step();
            if (isTarget) {
              reached.set(true);
              look.accept(step);
              stop.make();
            } else {
              step.run();
            }
          }
        };
    Consumer<RunEvent> pastTask =
        event -> {
          if (event instanceof RunEvent.TaskEvaluated task
              && task.result().task() == target.task()) {
            stop.make();
          }
        };
    Experiment experiment =
        new Experiment(
            run.config().settings(),
            run.config().plugins(),
            run.dataset(),
            backend,
            screen.andThen(pastTask),
            stop,
            watch,
            Optional.empty(),
            Optional.empty());
    var _ = from.map(experiment::resume).orElseGet(experiment::run);
    if (!reached.get()) {
      throw new IOException(
          "%s with seed %d has no step %d in task %d: name an earlier one"
              .formatted(target.strategy(), target.seed(), target.step() + 1, target.task() + 1));
    }
  }
}
