package engram.cl.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.cl.catalog.Strategies;
import engram.cl.plugin.Plugins;
import engram.cl.result.StrategyRun;
import engram.cl.result.TaskResult;
import engram.cl.settings.Settings;
import engram.cl.strategy.Predictor;
import engram.cl.stream.Views;
import engram.cl.task.TaskSequence;
import engram.data.Dataset;
import engram.data.synthetic.GeneratedSigns;
import engram.device.Devices;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every strategy from the first task to the last, on three tasks of uneven size. */
@Tag("slow")
@Timeout(600)
class AllStrategiesTest {
  private static Dataset signs;

  @BeforeAll
  static void generate() {
    signs = GeneratedSigns.generate(1, new GeneratedSigns.Size(1, 1), 2);
  }

  private static Settings settings(List<String> strategies, int buffer, int epochs) {
    return Settings.of(
        Map.of(
            "strategies", String.join(",", strategies),
            "tasks", "2,1,2",
            "class-order", "14,33,12,17,1",
            "epochs", String.valueOf(epochs),
            "batch", "16",
            "buffer", String.valueOf(buffer),
            "seed", "5"),
        false);
  }

  private static List<StrategyRun> run(List<String> strategies, int buffer, int epochs) {
    Settings settings = settings(strategies, buffer, epochs);
    try (Backend backend = Devices.open("vector", 2, line -> {})) {
      Consumer<RunEvent> ends =
          event -> {
            if (event instanceof RunEvent.TrainingEnded end) {
              requireFinite(end.strategy(), end.network().parameters().snapshot());
            }
          };
      return new Experiment(settings, signs, backend, ends).run();
    }
  }

  private static void requireFinite(String name, float[] parameters) {
    for (float value : parameters) {
      assertTrue(Float.isFinite(value), () -> name + " ends with a parameter of " + value);
    }
  }

  /** A memory of one image has fewer slots than classes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 12})
  void endsWithFiniteParametersAndAResultForEachTask(int buffer) {
    List<StrategyRun> runs = run(Strategies.NAMES, buffer, 1);
    assertEquals(Strategies.NAMES, runs.stream().map(StrategyRun::strategy).toList());
    for (StrategyRun run : runs) {
      assertEquals(3, run.matrix().tasks());
      run.memory()
          .ifPresent(
              memory -> {
                assertEquals(buffer, memory.images(), run.strategy());
                assertTrue(memory.bytes() >= buffer * 32L * 32 * 3);
              });
      for (int t = 0; t < 3; t++) {
        // With the task told there are fewer answers to choose from.
        assertTrue(run.taskAware().pooled(t) >= run.matrix().pooled(t), run.strategy());
        assertEquals(1, run.taskAware().get(2, 1), "a task of one class: " + run.strategy());
      }
    }
  }

  /**
   * A discriminant scales features first, which no network does. In a memory of one image most
   * classes have no mean.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 12})
  void theNetworkThatIsSavedGivesTheAnswersThatWereMeasured(int buffer) {
    List<String> names =
        Stream.concat(
                Strategies.NAMES.stream().filter(name -> !name.equals("slda")),
                Stream.of("er+nme", "fine-tune+ncm"))
            .toList();
    Settings settings = settings(names, buffer, 1);
    TaskSequence sequence = Experiment.tasks(settings, signs, settings.protocol().seed());
    Map<String, Double> saved = new HashMap<>();
    Evaluator evaluator =
        new Evaluator(
            new ForwardPass(settings.recipe().input(signs.train()), new StopRequest()), Views.ONE);
    List<StrategyRun> runs;
    try (Backend backend = Devices.open("vector", 2, line -> {})) {
      runs =
          new Experiment(
                  settings,
                  signs,
                  backend,
                  event -> {
                    if (event instanceof RunEvent.TrainingEnded end) {
                      Predictor linear = Predictor.linear(end.network());
                      saved.put(
                          end.strategy(),
                          evaluator
                              .evaluate(linear, sequence, 2)
                              .agnostic()
                              .confusion()
                              .accuracy());
                    }
                  })
              .run();
    }
    for (StrategyRun run : runs) {
      assertEquals(run.matrix().pooled(2), saved.get(run.strategy()), 1e-12, run.strategy());
    }
  }

  @Test
  void withoutAMemoryRehearsalIsFineTuning() {
    Map<String, List<Double>> accuracies = new HashMap<>();
    List<String> names = List.of("fine-tune", "er", "er-ace", "der++", "a-gem");
    run(names, 0, 1)
        .forEach(
            run ->
                accuracies.put(
                    run.strategy(), run.tasks().stream().map(TaskResult::accuracy).toList()));
    for (String name : names.subList(1, names.size())) {
      assertEquals(accuracies.get("fine-tune"), accuracies.get(name), name);
    }
  }

  @Test
  void whatNeedsAMemorySaysSo() {
    assertEquals(
        "strategy \"gdumb\": the buffer is 0, and it trains on nothing else; give --buffer 1 or"
            + " more",
        assertThrows(IllegalArgumentException.class, () -> run(List.of("gdumb"), 0, 1))
            .getMessage());
    assertEquals(
        "strategy \"er+nme\": the memory holds no image whose mean could be taken; give --buffer 1"
            + " or more, or use +ncm",
        assertThrows(IllegalArgumentException.class, () -> run(List.of("er+nme"), 0, 1))
            .getMessage());
  }

  /**
   * Between the ends of two epochs of a task there are only training steps. Where a run is watched,
   * every tenth is followed by a reading of all parameters, for their hash.
   */
  @Test
  void aStepReadsNothingFromTheDeviceButItsLosses() {
    List<EpochId> watched = new ArrayList<>();
    try (WatchedBackend backend = new WatchedBackend(Devices.open("vector", 2, line -> {}))) {
      Consumer<RunEvent> listener =
          event -> {
            if (event instanceof RunEvent.EpochFinished(EpochId id, _, _, _)) {
              int largest = backend.largestRead();
              if (id.epoch() > 0) {
                watched.add(id);
                assertTrue(largest <= 1, () -> id + " read " + largest + " numbers at once");
              }
            }
          };
      StepWatch none = (id, step) -> false;
      new Experiment(
              settings(Strategies.NAMES, 12, 2),
              Plugins.NONE,
              signs,
              backend,
              listener,
              new StopRequest(),
              none,
              Optional.empty(),
              Optional.empty())
          .run();
      assertTrue(backend.read() > 0, "the test sees what is read");
    }
    assertEquals(
        Set.copyOf(Strategies.NAMES),
        watched.stream().map(EpochId::strategy).collect(Collectors.toSet()));
  }

  @Test
  void otherMemoriesAndHeadsAreNamedInTheResults() {
    List<String> names =
        List.of("er@reservoir", "er@ring", "der++@herding+nme", "fine-tune+ncm", "joint+ncm");
    List<StrategyRun> runs = run(names, 10, 2);
    assertEquals(names, runs.stream().map(StrategyRun::strategy).toList());
  }
}
