package engram.cl.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.cl.plugin.Plugins;
import engram.cl.result.StrategyRun;
import engram.cl.settings.Settings;
import engram.data.Dataset;
import engram.data.synthetic.GeneratedSigns;
import engram.device.Devices;
import engram.nn.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class StopRequestTest {
  private static final Dataset SIGNS = GeneratedSigns.generate(1, new GeneratedSigns.Size(2, 2), 2);

  private final List<RunEvent> events = new ArrayList<>();
  private final List<String> saved = new ArrayList<>();

  /**
   * Two strategies on two tasks of two classes, stopped at the first event that is {@code when}.
   */
  private List<StrategyRun> stopAt(int pretraining, Predicate<RunEvent> when) {
    Settings settings =
        Settings.of(
            Map.of(
                "strategies", "rehearsal-kd,eeil",
                "tasks", "2,2",
                "class-order", "14,33,12,17",
                "pretraining-epochs", String.valueOf(pretraining),
                "batch", "16",
                "buffer", "12",
                "seed", "5"),
            false);
    StopRequest stop = new StopRequest();
    Consumer<RunEvent> listener =
        event -> {
          events.add(event);
          if (event instanceof RunEvent.TrainingEnded(String name, _, Network network, _)) {
            network.parameters().buffer().read();
            saved.add(name + " of " + network.classes() + " classes");
          }
          if (when.test(event)) {
            stop.make();
          }
        };
    try (Backend backend = Devices.open("vector", 2, line -> {})) {
      return new Experiment(settings, Plugins.NONE, SIGNS, backend, listener, stop).run();
    }
  }

  private static boolean isTask(RunEvent event, int task) {
    return event instanceof RunEvent.TaskEvaluated done && done.result().task() == task;
  }

  private boolean interrupted() {
    return ((RunEvent.ExperimentFinished) events.getLast()).interrupted();
  }

  @Test
  void tasksDoneBeforeAreKeptAndTheNetworkAsTheLastBatchLeftIt() {
    // In the second task: its network already has all four classes, its results are not measured.
    List<StrategyRun> runs =
        stopAt(0, e -> e instanceof RunEvent.EpochFinished done && done.id().task() == 1);
    assertEquals(1, runs.size());
    assertEquals(1, runs.getFirst().tasks().size());
    assertEquals(1, runs.getFirst().matrix().tasks());
    assertEquals(List.of("rehearsal-kd of 4 classes"), saved);
    assertTrue(interrupted());
    assertEquals(1, events.stream().filter(RunEvent.StrategyFinished.class::isInstance).count());
  }

  @Test
  void beforeTheFirstTaskIsDoneThereIsANetworkAndNoResult() {
    assertEquals(List.of(), stopAt(0, e -> e instanceof RunEvent.EpochFinished));
    assertEquals(List.of("rehearsal-kd of 2 classes"), saved);
    assertTrue(interrupted());
  }

  @Test
  void preTrainingCanBeStopped() {
    assertEquals(List.of(), stopAt(2, e -> e instanceof RunEvent.EpochFinished));
    assertEquals(List.of(), saved);
    assertTrue(interrupted());
  }

  @Test
  void afterAStrategyNoOtherBegins() {
    List<StrategyRun> runs = stopAt(0, e -> isTask(e, 1));
    assertEquals(2, runs.getFirst().tasks().size());
    assertEquals(1, events.stream().filter(RunEvent.StrategyStarted.class::isInstance).count());
    assertTrue(interrupted());
  }

  @Test
  void anExperimentThatNobodyStopsIsNotInterruptedAndTellsTheAccuracyOfEachTask() {
    List<StrategyRun> runs = stopAt(0, e -> false);
    assertEquals(2, runs.size());
    assertFalse(interrupted());
    List<Double> last =
        events.stream()
            .filter(RunEvent.TaskEvaluated.class::isInstance)
            .map(e -> ((RunEvent.TaskEvaluated) e).taskAccuracies())
            .toList()
            .getLast();
    assertArrayEquals(
        new double[] {
          100 * runs.getLast().matrix().get(1, 0), 100 * runs.getLast().matrix().get(1, 1)
        },
        last.stream().mapToDouble(Double::doubleValue).toArray(),
        1e-9);
  }
}
