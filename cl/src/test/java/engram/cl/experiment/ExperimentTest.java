package engram.cl.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.cl.catalog.Strategies;
import engram.cl.memory.Replay;
import engram.cl.metrics.Confusion;
import engram.cl.result.Mistake;
import engram.cl.result.StrategyRun;
import engram.cl.result.TaskResult;
import engram.cl.settings.Settings;
import engram.data.Dataset;
import engram.data.synthetic.GeneratedSigns;
import engram.device.Devices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ExperimentTest {
  private static final List<String> EVENTS = new ArrayList<>();
  private static final Map<String, float[]> PARAMETERS = new HashMap<>();
  private static Dataset signs;
  private static List<StrategyRun> runs;

  @BeforeAll
  static void runAllStrategies() {
    signs = GeneratedSigns.generate(1, new GeneratedSigns.Size(2, 2), 2);
    runs =
        run(
            small("fine-tune", "rehearsal-kd", "joint"),
            2,
            event -> EVENTS.add(event.getClass().getSimpleName()),
            PARAMETERS);
  }

  /** Two tasks of two classes that differ in colour and shape. */
  private static Settings small(String... strategies) {
    return small(1e-3f, strategies);
  }

  private static Settings small(float rate, String... strategies) {
    return Settings.of(texts(rate, strategies), false);
  }

  private static Map<String, String> texts(float rate, String... strategies) {
    Map<String, String> texts = new HashMap<>();
    texts.put("strategies", String.join(",", strategies));
    texts.put("tasks", "2,2");
    texts.put("class-order", "14,33,12,17");
    texts.put("epochs", "4");
    texts.put("batch", "16");
    texts.put("lr", String.valueOf(rate));
    texts.put("buffer", "12");
    texts.put("seed", "5");
    return texts;
  }

  private static Settings with(Map<String, String> others, String... strategies) {
    Map<String, String> texts = texts(1e-3f, strategies);
    texts.putAll(others);
    return Settings.of(texts, false);
  }

  private static List<StrategyRun> run(
      Settings settings,
      int threads,
      Consumer<RunEvent> listener,
      Map<String, float[]> parameters) {
    try (Backend backend = Devices.open("vector", threads, line -> {})) {
      Consumer<RunEvent> ends =
          event -> {
            if (event instanceof RunEvent.TrainingEnded end) {
              parameters.put(end.strategy(), end.network().parameters().buffer().read());
            }
          };
      return new Experiment(settings, signs, backend, listener.andThen(ends)).run();
    }
  }

  @Test
  void fineTuningForgetsWhatRehearsalAndJointTrainingKeep() {
    double learnt = runs.get(0).matrix().get(0, 0);
    double forgotten = runs.get(0).matrix().get(1, 0);
    double rehearsed = runs.get(1).matrix().get(1, 0);
    double joint = runs.get(2).matrix().get(1, 0);
    assertTrue(learnt > 0.7, "the first task is learnt to " + learnt);
    assertTrue(forgotten < learnt - 0.5, "fine-tuning keeps " + forgotten + " of " + learnt);
    assertTrue(rehearsed > forgotten + 0.3, "rehearsal keeps " + rehearsed);
    assertTrue(joint > forgotten + 0.3, "joint training keeps " + joint);
  }

  @Test
  void oneThreadGivesTheSameBitsAsTwo() {
    Map<String, float[]> parameters = new HashMap<>();
    List<StrategyRun> again = run(small("rehearsal-kd"), 1, _ -> {}, parameters);
    assertEquals(accuracies(runs.get(1)), accuracies(again.getFirst()));
    assertArrayEquals(PARAMETERS.get("rehearsal-kd"), parameters.get("rehearsal-kd"));
  }

  /** Batch norm through growth, teacher, memory and mean head; the whole recipe on. */
  @Tag("slow")
  @Timeout(600)
  @Test
  void theBatchNormNetworkLearnsTwoTasksWithTheWholeRecipe() {
    Settings settings =
        with(
            Map.of("model", "bn", "label-smoothing", "0.1", "average", "0.9"),
            "rehearsal-kd@herding+nme",
            "balanced-kd+lda",
            "joint");
    Map<String, float[]> two = new HashMap<>();
    Map<String, float[]> one = new HashMap<>();
    List<StrategyRun> results = run(settings, 2, _ -> {}, two);
    for (StrategyRun run : results) {
      double accuracy = run.matrix().pooled(1);
      assertTrue(accuracy > 0.6, run.strategy() + " reaches " + accuracy);
    }
    run(settings, 1, _ -> {}, one);
    one.forEach((name, parameters) -> assertArrayEquals(parameters, two.get(name), name));
  }

  @Test
  void aFrozenNetworkIsTrainedInTheFirstTaskAloneAndForgetsNothing() {
    Settings settings = with(Map.of("model", "bn-map"), "slda");
    List<String> trained = new ArrayList<>();
    Consumer<RunEvent> epochs =
        event -> {
          if (event instanceof RunEvent.EpochFinished epoch) {
            trained.add("task " + epoch.id().task());
          }
        };
    StrategyRun run = run(settings, 2, epochs, new HashMap<>()).getFirst();
    assertEquals(Collections.nCopies(4, "task 0"), trained);
    assertTrue(run.matrix().pooled(1) > 0.6, "reaches " + run.matrix().pooled(1));
    assertEquals(run.taskAware().get(0, 0), run.taskAware().get(1, 0), 0.1);
  }

  /** The averaged network that answers is also the one whose features the head compares. */
  @Test
  void aHeadSeesTheNetworkThatAnswers() {
    StrategyRun run = run(small("cls-er+nme"), 2, _ -> {}, new HashMap<>()).getFirst();
    assertTrue(run.matrix().pooled(1) > 0.6, "reaches " + run.matrix().pooled(1));
  }

  @Test
  void aStrategyWhoseTrainingDivergesEndsAndTheOthersGoOn() {
    Map<String, String> texts = texts(9e5f, "online-ewc_lambda=1e38", "fine-tune");
    texts.put("optimizer", "sgd");
    List<RunEvent> told = new ArrayList<>();
    List<StrategyRun> done = run(Settings.of(texts, false), 2, told::add, new HashMap<>());
    List<RunEvent.StrategyDiverged> diverged =
        told.stream()
            .filter(RunEvent.StrategyDiverged.class::isInstance)
            .map(RunEvent.StrategyDiverged.class::cast)
            .toList();
    assertEquals(List.of(), done);
    assertEquals(
        List.of("online-ewc_lambda=1e38", "fine-tune"),
        diverged.stream().map(RunEvent.StrategyDiverged::strategy).toList());
    for (RunEvent.StrategyDiverged one : diverged) {
      assertEquals(5, one.seed());
      assertEquals(0, one.task());
      assertTrue(one.step() > 1, one.toString());
      assertTrue(one.toString().contains("task 1, step " + one.step()), one.toString());
      assertTrue(one.toString().endsWith("use a smaller --lr, or --clip 1"), one.toString());
    }
    // The networks are no results: nobody is given them.
    assertTrue(told.stream().noneMatch(RunEvent.TrainingEnded.class::isInstance));
  }

  @Test
  void oneThatLearnsIsNotEndedByOneThatDiverges() {
    Settings settings = small(1e-3f, "online-ewc_lambda=1e38", "fine-tune");
    List<StrategyRun> done = run(settings, 2, _ -> {}, new HashMap<>());
    assertEquals(List.of("fine-tune"), done.stream().map(StrategyRun::strategy).toList());
  }

  @Test
  void settingsThatDoNotGoTogetherAreRefusedBeforeAnyStrategyIsTrained() {
    assertRefused("lda: the network has 4096 features", with(Map.of(), "er", "er+lda"));
    assertRefused(
        "simplex: 8 classes need as many features, the network has 4",
        with(Map.of("network", "mlp 4 1"), "er", "slda"));
    assertRefused(
        "simplex: 4 classes need as many features, the network has 3",
        with(Map.of("network", "mlp 3 1"), "er", "x-der-rpc"));
    assertRefused(
        "training: 2147483647 epochs of", with(Map.of("epochs", "2147483647", "batch", "1"), "er"));
  }

  private static void assertRefused(String message, Settings settings) {
    List<RunEvent> told = new ArrayList<>();
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> run(settings, 2, told::add, new HashMap<>()));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
    assertEquals(List.of(), told);
  }

  @Test
  void aStrategyIsNamedOnce() {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> small("joint", "joint"));
    assertTrue(failure.getMessage().contains("--seeds repeats them"), failure.getMessage());
  }

  private static List<Double> accuracies(StrategyRun run) {
    return run.tasks().stream().map(TaskResult::accuracy).toList();
  }

  @Test
  void eventsTellTheWholeStoryInOrder() {
    List<String> epochs = Collections.nCopies(4, "EpochFinished");
    // As often as there are steps to read the loss of.
    List<String> within = List.of("EpochProgress", "LossRead");
    List<String> expected = new ArrayList<>(List.of("ExperimentStarted"));
    for (int strategy = 0; strategy < 3; strategy++) {
      expected.add("StrategyStarted");
      for (int task = 0; task < 2; task++) {
        expected.addAll(epochs);
        expected.add("TaskEvaluated");
      }
      expected.add("TrainingEnded");
      expected.add("StrategyFinished");
    }
    expected.add("ExperimentFinished");
    assertEquals(expected, EVENTS.stream().filter(e -> !within.contains(e)).toList());
  }

  @Test
  void presetCourseStartsEveryStrategyFromOnePreTrainedNetwork() {
    List<String> epochs = new ArrayList<>();
    Settings settings =
        Settings.of(
            Map.of(
                "preset", "course",
                "strategies", "fine-tune,rehearsal-kd",
                "tasks", "2x2",
                "pretraining-epochs", "2",
                "batch", "32",
                "buffer", "6"),
            false);
    run(
        settings,
        2,
        event -> {
          if (event instanceof RunEvent.EpochFinished epoch) {
            epochs.add(epoch.id().strategy() + " " + (epoch.id().task() + 1));
          }
        },
        new HashMap<>());
    assertEquals(
        List.of(
            "pre-training 1",
            "pre-training 1",
            "fine-tune 1",
            "fine-tune 2",
            "rehearsal-kd 1",
            "rehearsal-kd 2"),
        epochs);
  }

  @Test
  void eachTaskIsShownWhenItWasMeasured() {
    List<RunEvent.TaskEvaluated> learnt = new ArrayList<>();
    List<Integer> inMemory = new ArrayList<>();
    try (Backend backend = Devices.open("vector", 2, line -> {})) {
      new Experiment(
              small("rehearsal-kd"),
              signs,
              backend,
              event -> {
                if (event instanceof RunEvent.TaskEvaluated task) {
                  learnt.add(task);
                  inMemory.add(task.memory().orElseThrow().size());
                }
              })
          .run();
    }
    assertEquals(2, learnt.size());
    assertEquals(List.of(12, 12), inMemory);
    for (RunEvent.TaskEvaluated task : learnt) {
      Confusion all = task.agnostic().confusion();
      assertEquals(task.result().accuracy(), 100 * all.accuracy());
      assertEquals(task.result().seenClasses(), task.network().classes());
      Confusion mistaken = new Confusion(all.classes());
      for (Mistake mistake : task.mistakes()) {
        assertTrue(mistake.margin() >= 0, () -> mistake + ": the answer has the largest score");
        int number = task.split().classOf(mistake.actual());
        assertEquals(number, signs.test().labels()[mistake.image()]);
        mistaken.add(mistake.actual(), mistake.predicted());
      }
      for (int actual = 0; actual < all.classes(); actual++) {
        for (int predicted = 0; predicted < all.classes(); predicted++) {
          int expected = actual == predicted ? 0 : all.count(actual, predicted);
          assertEquals(expected, mistaken.count(actual, predicted));
        }
      }
    }
  }

  @Test
  void anUnknownStrategyIsAnErrorThatNamesTheOthers() {
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> run(small("magic"), 1, _ -> {}, new HashMap<>()));
    assertEquals(
        "there is no strategy \"magic\"; choose from " + String.join(", ", Strategies.NAMES),
        error.getMessage());
  }

  @Test
  void settingsThatMakeNoSenseAreErrors() {
    Map<String, String> texts = Map.of("strategies", "joint", "buffer", "12", "alpha", "1.5");
    var error = assertThrows(IllegalArgumentException.class, () -> Settings.of(texts, false));
    assertEquals("alpha is 1.5, expected 0 to 1", error.getMessage());
    error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Settings.Rehearsal(12, 0, 0, 1, Replay.OWN, 1.5f, 2));
    assertEquals("alpha is 1.5, expected 0 to 1", error.getMessage());
  }
}
