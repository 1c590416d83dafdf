package engram.bench.step;

import engram.backend.Backend;
import engram.bench.run.Moment;
import engram.bench.run.OpenRun;
import engram.bench.run.RunConfig;
import engram.bench.run.RunData;
import engram.cl.experiment.Position;
import engram.cl.experiment.RunEvent;
import engram.cl.settings.Settings;
import engram.nn.train.TrainingStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A step of a strategy: what comes before it is trained first.
 *
 * @param options of the run, as texts
 * @param task from 1
 * @param step of the task, from 1
 * @param screen shows how training goes
 * @param notice takes lines that a person should see
 */
record LearntStep(
    Map<String, String> options,
    int task,
    int step,
    Consumer<RunEvent> screen,
    Consumer<String> notice)
    implements StepSource {

  @Override
  public Glass look(Backend backend) throws IOException {
    RunConfig config = RunConfig.of(options);
    OpenRun run = OpenRun.of(config, RunData.open(config, notice));
    Settings settings = config.settings();
    int tasks = run.tasks().tasks().size();
    if (task > tasks) {
      throw new IllegalArgumentException(
          "--task is %d, but there are %d tasks".formatted(task, tasks));
    }
    Position target =
        new Position(
            settings.strategies().getFirst(), settings.protocol().seed(), task - 1, step - 1);
    List<Glass> seen = new ArrayList<>();
    Moment.reach(
        run,
        backend,
        target,
        Optional.empty(),
        screen,
        found -> seen.add(glass(run, target, backend, found)));
    return seen.getFirst();
  }

  /** A step of a run, where it stands and on what. */
  static Glass glass(OpenRun run, Position at, Backend backend, TrainingStep found) {
    return Glass.of(
        "%s, seed %d, task %d, step %d"
            .formatted(at.strategy(), at.seed(), at.task() + 1, at.step() + 1),
        List.of(
            "network %s, %s"
                .formatted(run.config().settings().recipe().network(), run.dataset().description()),
            backend.description()),
        found);
  }

  @Override
  public StepSource with(String what, String value) {
    Map<String, String> other = new HashMap<>(options);
    switch (what) {
      case "seed" -> other.put("seed", String.valueOf(Against.whole(what, value)));
      case "strategy" -> other.put("strategies", value);
      case "task" -> {
        return new LearntStep(options, (int) Against.whole(what, value), step, screen, notice);
      }
      case "step" -> {
        return new LearntStep(options, task, (int) Against.whole(what, value), screen, notice);
      }
      default ->
          throw Against.cannot(
              what, "seed:N, strategy:NAME, task:N, step:N, device:NAME and no-fusion");
    }
    return new LearntStep(other, task, step, screen, notice);
  }
}
