package engram.cl.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.cl.catalog.Strategies;
import engram.cl.plugin.Plugins;
import engram.cl.result.StrategyRun;
import engram.cl.settings.Settings;
import engram.data.Dataset;
import engram.data.ImageSet;
import engram.data.synthetic.GeneratedSigns;
import engram.device.Devices;
import engram.nn.Network;
import engram.nn.Sequential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which outputs there are, which are compared, and what is asked in each scenario. */
@Timeout(600)
class HeadsAndScenariosTest {
  /** Strategies whose formulas do not tell old classes from new ones. */
  private static final String FOR_ALL_SCENARIOS =
      "fine-tune,rehearsal-kd,joint,er,lwf,er-ace,der,der++,gdumb,cls-er,online-ewc,si,mas,a-gem";

  /** Where what is learnt does not matter. */
  private static final String SMALL = "conv 4 3, relu, pool 8, flatten, linear 16, relu";

  private static Dataset signs;

  /** Ten training images and four test images of each class. */
  @BeforeAll
  static void generate() {
    Dataset all = GeneratedSigns.generate(1, new GeneratedSigns.Size(1, 1), 2);
    signs = new Dataset("few signs", all.classNames(), few(all.train(), 10), few(all.test(), 4));
  }

  private static ImageSet few(ImageSet images, int perClass) {
    int[] taken = new int[43];
    return images.select(
        IntStream.range(0, images.size())
            .filter(i -> taken[images.labels()[i]]++ < perClass)
            .toArray());
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"class,full,met", "class,full,all", "task,growing,task", "task,full,task"})
  void everyStrategyLearnsWhereTasksBringClasses(String scenario, String head, String lossOver) {
    String all = String.join(",", Strategies.NAMES);
    List<StrategyRun> runs =
        run(
            settings(all, scenario, "head", head, "loss-over", lossOver, "network", SMALL),
            event -> {
              if (event instanceof RunEvent.TaskEvaluated task) {
                int outputs = lossOver.equals("all") ? 5 : task.result().seenClasses();
                assertEquals(outputs, task.network().classes());
                requireNumbers(task.network());
              }
            });
    assertEquals(Strategies.NAMES, runs.stream().map(StrategyRun::strategy).toList());
    runs.forEach(HeadsAndScenariosTest::assertMeasured);
    if (scenario.equals("task")) {
      for (StrategyRun run : runs) {
        assertEquals(1, run.matrix().get(2, 1), "a task of one class: " + run.strategy());
        assertEquals(run.taskAware().pooled(2), run.matrix().pooled(2), run.strategy());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"domain,2x2,2", "permuted,2,5", "blurry 0.3,'2,1,2',5"})
  void strategiesLearnWhereEachTaskHasTheSameClasses(String scenario, String tasks, int labels) {
    List<StrategyRun> runs =
        run(
            settings(FOR_ALL_SCENARIOS + ",er+nme", scenario, "tasks", tasks, "network", SMALL),
            event -> {
              if (event instanceof RunEvent.TaskEvaluated task) {
                assertEquals(labels, task.network().classes());
                assertEquals(labels, task.agnostic().confusion().classes());
                requireNumbers(task.network());
              }
            });
    assertEquals(15, runs.size());
    runs.forEach(HeadsAndScenariosTest::assertMeasured);
  }

  @ParameterizedTest
  @ValueSource(strings = {"domain", "permuted", "blurry 0.3"})
  void strategiesThatTellOldClassesFromNewOnesAreRefused(String scenario) {
    List<String> others = new ArrayList<>(Strategies.NAMES);
    others.removeAll(List.of(FOR_ALL_SCENARIOS.split(",")));
    assertEquals(9, others.size());
    for (String name : others) {
      Settings settings = settings(name, scenario);
      String message =
          assertThrows(IllegalArgumentException.class, () -> Strategies.BUILT_IN.require(settings))
              .getMessage();
      assertEquals(
          "strategy \"%s\": it tells old classes from new ones, and in scenario %s every task has"
                  .formatted(name, scenario)
              + " the same; choose from fine-tune, rehearsal-kd, joint, er, lwf, er-ace, der,"
              + " der++, gdumb, cls-er, online-ewc, si, mas, a-gem",
          message);
    }
    Settings means = settings("fine-tune+ncm", scenario);
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> Strategies.BUILT_IN.require(means))
            .getMessage()
            .startsWith("strategy \"fine-tune+ncm\": +ncm takes the mean of a class"));
  }

  private Sequential layers(int classes) {
    return Experiment.layers(settings("slda", "class"), Plugins.NONE, signs, classes);
  }

  /**
   * The first outputs of a full head, and those that come later, are what the network of all
   * classes begins with; a growing head draws others.
   */
  @Test
  void aFullHeadGrowsByTheRowsThatItWasDrawnWith() {
    Settings settings = settings("slda", "class", "head", "full"); // trained in task 1 only
    try (Backend backend = Devices.open("vector", 2, line -> {})) {
      var sequence = Experiment.tasks(settings, signs, 5);
      Outputs outputs = new Outputs(settings, this::layers, backend, sequence, 5);
      Network first = outputs.newNetwork(sequence.tasks().getFirst());
      Network grown = outputs.grown(first, sequence.tasks().get(1));
      Network all = Network.create(layers(5), backend, 5);
      assertEquals(2, first.classes());
      assertEquals(3, grown.classes());
      assertArrayEquals(rows(all, 2), rows(first, 2));
      assertArrayEquals(rows(all, 3), rows(grown, 3));

      Outputs growing = new Outputs(settings("slda", "class"), this::layers, backend, sequence, 5);
      Network usual = growing.newNetwork(sequence.tasks().getFirst());
      assertTrue(!Arrays.equals(rows(all, 2), rows(usual, 2)));
    }
  }

  /** With a bias that no score can match on classes not met, the answers still leave them out. */
  @Test
  void noClassIsAnsweredThatWasNotMet() {
    run(
        settings("fine-tune,er,lucir", "class", "head", "full", "loss-over", "all"),
        event -> {
          if (event instanceof RunEvent.TaskEvaluated task) {
            assertEquals(task.result().seenClasses(), task.agnostic().confusion().classes());
            assertTrue(
                task.mistakes().stream()
                    .allMatch(m -> m.predicted() < task.result().seenClasses()));
          }
        });
  }

  /** Outputs of classes that come later are pushed down by a loss over all, and only by it. */
  @Test
  void aLossOverAllClassesLowersThoseThatComeLater() {
    Settings all = settings("fine-tune", "class", "head", "full", "loss-over", "all");
    float[] last = {0, 0};
    run(
        all,
        event -> {
          if (event instanceof RunEvent.TaskEvaluated task && task.result().task() == 0) {
            float[] bias = task.network().parameters().buffer(biasOf(task.network())).read();
            last[0] = Math.min(bias[0], bias[1]);
            last[1] = Math.max(Math.max(bias[2], bias[3]), bias[4]);
          }
        });
    assertTrue(last[1] < last[0], () -> Arrays.toString(last));
  }

  /** In task 2 the loss compares class 2 with nothing, so that nothing is learnt from it. */
  @Test
  void withTheTaskToldATaskOfOneClassTeachesNothing() {
    List<float[]> parameters = new ArrayList<>();
    run(
        settings("fine-tune", "task"),
        event -> {
          if (event instanceof RunEvent.TaskEvaluated task) {
            Network network = task.network();
            parameters.add(
                network.parameters().buffer(network.model().classifierName() + ".weight").read());
          }
        });
    float[] first = parameters.get(0);
    assertArrayEquals(first, Arrays.copyOf(parameters.get(1), first.length));
    assertTrue(!Arrays.equals(first, Arrays.copyOf(parameters.get(2), 2)));
  }

  /**
   * Joint training of a domain sees the images of all tasks so far under the labels of one head.
   */
  @Test
  void accuracyOfADomainIsThatOnTheTestImagesOfEachTask() {
    List<StrategyRun> runs =
        run(
            settings("joint", "domain", "tasks", "2x2", "epochs", "6", "lr", "0.003"),
            event -> {
              if (event instanceof RunEvent.TaskEvaluated task) {
                int t = task.result().task();
                assertEquals(8 * (t + 1), images(task));
                assertEquals(2, task.result().seenClasses());
                for (int i = 0; i <= t; i++) {
                  assertEquals(8, task.agnostic().images(i));
                }
                assertEquals(List.of("14/12", "33/17"), numbers(task));
              }
            });
    StrategyRun run = runs.getFirst();
    assertEquals(run.matrix().get(1, 0), run.taskAware().get(1, 0), "one head: nothing to tell");
    assertEquals(
        run.matrix().pooled(1), (run.matrix().get(1, 0) + run.matrix().get(1, 1)) / 2, 1e-12);
    assertTrue(run.matrix().pooled(1) > 0.7, () -> "accuracy " + run.matrix().pooled(1));
  }

  private static List<String> numbers(RunEvent.TaskEvaluated task) {
    return IntStream.range(0, 2)
        .mapToObj(k -> task.split().classesOf(0).get(k) + "/" + task.split().classesOf(1).get(k))
        .toList();
  }

  private static int images(RunEvent.TaskEvaluated task) {
    return task.agnostic().confusion().images(0) + task.agnostic().confusion().images(1);
  }

  private static String biasOf(Network network) {
    return network.model().classifierName() + ".bias";
  }

  /** The first rows of a classifier's weights. */
  private static float[] rows(Network network, int count) {
    float[] weight =
        network.parameters().buffer(network.model().classifierName() + ".weight").read();
    return Arrays.copyOf(weight, count * network.model().classifier().in());
  }

  private static void requireNumbers(Network network) {
    for (float value : network.parameters().snapshot()) {
      assertTrue(!Float.isNaN(value), "a parameter is no number");
    }
  }

  private static void assertMeasured(StrategyRun run) {
    int tasks = run.tasks().size();
    for (int t = 0; t < tasks; t++) {
      assertEquals(100 * run.matrix().pooled(t), run.tasks().get(t).accuracy(), 1e-9);
      assertTrue(run.taskAware().pooled(t) >= run.matrix().pooled(t), run.strategy());
    }
  }

  /** Tasks of two, one and two classes, unless said otherwise. */
  private static Settings settings(String strategies, String scenario, String... more) {
    Map<String, String> texts = new HashMap<>();
    texts.put("strategies", strategies);
    texts.put("scenario", scenario);
    texts.put("tasks", scenario.equals("permuted") ? "2" : "2,1,2");
    texts.put("class-order", "14,33,12,17,1");
    texts.put("epochs", "1");
    texts.put("batch", "8");
    texts.put("buffer", "12");
    texts.put("seed", "5");
    for (int i = 0; i < more.length; i += 2) {
      texts.put(more[i], more[i + 1]);
    }
    return Settings.of(texts, false);
  }

  private static List<StrategyRun> run(Settings settings, Consumer<RunEvent> events) {
    try (Backend backend = Devices.open("vector", 2, line -> {})) {
      return new Experiment(settings, signs, backend, events).run();
    }
  }
}
