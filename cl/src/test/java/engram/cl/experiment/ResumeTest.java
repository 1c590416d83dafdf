package engram.cl.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.cl.catalog.Strategies;
import engram.cl.metrics.TestAnswers;
import engram.cl.plugin.Plugins;
import engram.cl.result.StrategyRun;
import engram.cl.settings.Settings;
import engram.cl.state.Snapshot;
import engram.data.Dataset;
import engram.data.ImageSet;
import engram.device.Devices;
import engram.nn.io.SafeTensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run that goes on from any of its states ends as if it had never been interrupted: the same
 * losses, parameters and answers, to the last bit.
 */
@Tag("slow")
@Timeout(120)
class ResumeTest {
  /** Small, with all kinds of layers that remember something. */
  private static final String NETWORK = "conv 3 3 pad 1, bn, relu, pool 2, flatten, linear 8, relu";

  private static final int CLASSES = 5;
  private static final int SIDE = 6;
  private static final Dataset BLOTCHES = blotches();

  @TempDir private Path folder;

  /** Classes have each a colour, and each image noise on it; 20 to learn from, 4 to measure on. */
  private static Dataset blotches() {
    return new Dataset(
        "blotches",
        IntStream.range(0, CLASSES).mapToObj(label -> "c" + label).toList(),
        images(20, 1),
        images(4, 2));
  }

  private static ImageSet images(int ofEach, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] labels = IntStream.range(0, CLASSES * ofEach).map(i -> i % CLASSES).toArray();
    byte[] pixels = new byte[labels.length * SIDE * SIDE * 3];
    for (int i = 0; i < pixels.length; i++) {
      int label = labels[i / (SIDE * SIDE * 3)];
      pixels[i] = (byte) (40 * (label + i % 3) % 160 + random.nextInt(90));
    }
    int[] tracks = IntStream.range(0, labels.length).toArray();
    return new ImageSet(SIDE, SIDE, 3, pixels, labels, tracks);
  }

  /** All that a run tells but for times: the last lines are compared. */
  private static final class Trace implements Consumer<RunEvent> {
    final List<String> lines = new ArrayList<>();

    @Override
    public void accept(RunEvent event) {
      switch (event) {
        case RunEvent.LossRead(EpochId id, int step, List<LossTerm> losses, long hash) ->
            lines.add("%s step %d %s %x".formatted(id, step, losses, hash));
        case RunEvent.EpochFinished(EpochId id, int images, _, List<LossTerm> losses) ->
            lines.add("%s %d images %s".formatted(id, images, losses));
        case RunEvent.TaskEvaluated task ->
            lines.add(
                "%s task %d %s %s memory %s"
                    .formatted(
                        task.result().strategy(),
                        task.result().task(),
                        text(task.agnostic()),
                        text(task.aware()),
                        task.memory()
                            .filter(held -> held.size() > 0)
                            .map(held -> Arrays.hashCode(held.examples().images().pixels()))));
        case RunEvent.TrainingEnded(String name, long seed, var network, boolean byLogits) ->
            lines.add(
                "%s %d ended %x %d %s"
                    .formatted(
                        name,
                        seed,
                        new ParameterHash().of(network.parameters().buffer()),
                        Arrays.hashCode(network.state().snapshot()),
                        byLogits));
        case RunEvent.ExperimentStarted _,
            RunEvent.Resumed _,
            RunEvent.StrategyStarted _,
            RunEvent.EpochProgress _,
            RunEvent.StepMeasured _,
            RunEvent.StrategyFinished _,
            RunEvent.StrategyDiverged _,
            RunEvent.ExperimentFinished _ -> {}
      }
    }

    private static String text(TestAnswers answers) {
      return Arrays.toString(answers.confusion().counts());
    }
  }

  /** Keeps all states, or only the last one before a stop. */
  private static final class States implements StateSink {
    final List<Snapshot> all = new ArrayList<>();
    private final boolean due;

    States(boolean due) {
      this.due = due;
    }

    @Override
    public boolean isDue(Duration spent) {
      return due;
    }

    @Override
    public void accept(Snapshot state) {
      all.add(state);
    }
  }

  private static Settings settings(String strategies, Map<String, String> more) {
    Map<String, String> texts = new HashMap<>();
    texts.putAll(
        Map.of(
            "strategies", strategies,
            "tasks", "2,1,2",
            "network", NETWORK,
            "class-order", "3,1,2,4,0",
            "epochs", "2",
            "batch", "8",
            "buffer", "12",
            "seed", "5"));
    texts.putAll(more);
    return Settings.of(texts, false);
  }

  private static List<StrategyRun> run(
      Settings settings,
      int threads,
      Trace trace,
      Optional<StateSink> states,
      Predicate<RunEvent> stopWhen,
      Optional<Snapshot> from) {
    StopRequest stop = new StopRequest();
    Consumer<RunEvent> stopping =
        event -> {
          if (stopWhen.test(event)) {
            stop.make();
          }
        };
    try (Backend backend = Devices.open("vector", threads, line -> {})) {
      Experiment experiment =
          new Experiment(
              settings,
              Plugins.NONE,
              BLOTCHES,
              backend,
              trace.andThen(stopping),
              stop,
              (id, step) -> true,
              Optional.empty(),
              states);
      return from.map(experiment::resume).orElseGet(experiment::run);
    }
  }

  /** As a file gives it back. */
  private Snapshot throughAFile(Snapshot state) {
    try {
      Path file = folder.resolve("state.safetensors");
      state.content().write(file);
      return Snapshot.of(SafeTensors.read(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertGoesOn(Settings settings, List<String> whole, Snapshot state, int threads) {
    Trace trace = new Trace();
    States states = new States(true);
    Snapshot from = throughAFile(state);
    run(settings, threads, trace, Optional.of(states), _ -> false, Optional.of(from));
    assertEndsWith(whole, trace.lines);
    // A kill soon after: what others remember by then must not go with an earlier place.
    Position place = Position.of(from);
    assertTrue(
        place.isBefore(Position.of(states.all.getFirst()))
            || !place.strategy().equals(states.all.getFirst().value("strategy")),
        () -> "from %s to %s".formatted(place, Position.of(states.all.getFirst())));
  }

  private static void assertEndsWith(List<String> whole, List<String> tail) {
    assertFalse(tail.isEmpty(), "nothing was left to do");
    List<String> expected = whole.subList(Math.max(0, whole.size() - tail.size()), whole.size());
    assertEquals(String.join("\n", expected), String.join("\n", tail));
  }

  static Stream<String> strategies() {
    return Stream.concat(
        Strategies.NAMES.stream(),
        Stream.of(
            "er@balanced+nme",
            "er@reservoir+lda",
            "fine-tune+ncm",
            "er@ring",
            "er@herding",
            "er@random",
            "er@first",
            "er@random-tasks"));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void fromEachStateOfAStrategyAndFromAStopWithinAnEpoch(String strategy) {
    Settings settings = settings(strategy, Map.of());
    Trace whole = new Trace();
    States states = new States(true);
    run(settings, 2, whole, Optional.of(states), _ -> false, Optional.empty());
    assertTrue(states.all.size() >= 4, "states of a run with three tasks");
    // After an epoch within task 2, at its end, and at the start of task 3.
    assertGoesOn(settings, whole.lines, states.all.get(states.all.size() / 2), 1);
    assertGoesOn(settings, whole.lines, states.all.get(states.all.size() - 3), 2);
    States last = new States(false);
    Trace begun = new Trace();
    run(settings, 1, begun, Optional.of(last), event -> isInTask(event, 1), Optional.empty());
    assertEquals(1, last.all.size(), "a stop leaves one state");
    assertGoesOn(settings, whole.lines, last.all.getFirst(), 2);
  }

  private static boolean isInTask(RunEvent event, int task) {
    return event instanceof RunEvent.LossRead read && read.id().task() == task && read.step() == 2
        || event instanceof RunEvent.TaskEvaluated done && done.result().task() == task;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "online=true epochs=1",
        "pretraining-epochs=2",
        "optimizer=sgd momentum=0.9 optimizer-state=kept",
        "optimizer-state=kept pretraining-epochs=1",
        "average=0.9",
        "iterations=7 batch=6",
        "head=full loss-over=all",
        "scenario=task",
        "scenario=domain tasks=2 class-order=3,1,2,4",
        "scenario=permuted tasks=3",
        "buffer=0 buffer-per-class=3",
        "buffer=0 buffer-per-task=4",
        "buffer=3 compression=5",
        "buffer=3 compression=5 online=true epochs=1",
        "average=0.9 pretraining-epochs=1 seeds=2",
        "seeds=2"
      })
  void underOtherSettings(String options) {
    Map<String, String> texts = new HashMap<>();
    for (String option : options.split(" ")) {
      texts.put(option.split("=")[0], option.split("=")[1]);
    }
    Settings settings = settings("er", texts);
    Trace whole = new Trace();
    States states = new States(true);
    run(settings, 2, whole, Optional.of(states), _ -> false, Optional.empty());
    for (int i = 3; i < states.all.size(); i += 4) {
      assertGoesOn(settings, whole.lines, states.all.get(i), 1 + i % 2);
    }
  }

  @Test
  void whatWasReachedBeforeIsPartOfTheResults() {
    Settings settings = settings("fine-tune,er", Map.of());
    States states = new States(false);
    List<StrategyRun> whole =
        run(settings, 2, new Trace(), Optional.empty(), _ -> false, Optional.empty());
    run(
        settings,
        2,
        new Trace(),
        Optional.of(states),
        event -> event instanceof RunEvent.LossRead read && read.id().strategy().equals("er"),
        Optional.empty());
    List<StrategyRun> resumed =
        run(
            settings,
            2,
            new Trace(),
            Optional.empty(),
            _ -> false,
            Optional.of(states.all.getLast()));
    assertEquals(
        whole.stream().map(ResumeTest::withoutTimes).toList(),
        resumed.stream().map(ResumeTest::withoutTimes).toList());
  }

  private static String withoutTimes(StrategyRun run) {
    return "%s %d %s %s %s %s"
        .formatted(
            run.strategy(),
            run.seed(),
            run.tasks().stream().map(t -> t.accuracy() + " " + t.macroAccuracy()).toList(),
            Arrays.toString(run.taskAware().pooled()),
            Arrays.toString(run.confusion().counts()),
            run.memory());
  }
}
