package engram.cl.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.cl.catalog.Strategies;
import engram.cl.result.StrategyRun;
import engram.cl.settings.Settings;
import engram.data.Dataset;
import engram.data.ImageSet;
import engram.data.synthetic.GeneratedSigns;
import engram.device.Devices;
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

/** Tasks of any number and size, memories smaller than the classes are many, and the online way. */
class ScenarioTest {
  private static final int RARE = 12;
  private static Dataset signs;

  /**
   * Ten training images and four test images of each class, but one training image of one class.
   */
  @BeforeAll
  static void generate() {
    Dataset all = GeneratedSigns.generate(1, new GeneratedSigns.Size(1, 1), 2);
    signs =
        new Dataset("few signs", all.classNames(), few(all.train(), 10, 1), few(all.test(), 4, 4));
  }

  private static ImageSet few(ImageSet images, int perClass, int ofRare) {
    int[] taken = new int[43];
    return images.select(
        IntStream.range(0, images.size())
            .filter(
                i -> {
                  int label = images.labels()[i];
                  return taken[label]++ < (label == RARE ? ofRare : perClass);
                })
            .toArray());
  }

  private static Settings settings(
      List<String> strategies, String tasks, String order, boolean online, int buffer) {
    return Settings.of(
        Map.of(
            "strategies",
            String.join(",", strategies),
            "tasks",
            tasks,
            "class-order",
            order,
            "online",
            String.valueOf(online),
            "network",
            "conv 4 3, relu, pool 8, flatten, linear 48, relu",
            "epochs",
            "1",
            "batch",
            "8",
            "buffer",
            String.valueOf(buffer),
            "seed",
            "5"),
        false);
  }

  private static List<StrategyRun> run(
      Settings settings, Consumer<RunEvent> listener, Map<String, float[]> parameters) {
    try (Backend backend = Devices.open("vector", 2, line -> {})) {
      Consumer<RunEvent> ends =
          event -> {
            if (event instanceof RunEvent.TrainingEnded end) {
              parameters.put(end.strategy(), end.network().parameters().snapshot());
            }
          };
      return new Experiment(settings, signs, backend, listener.andThen(ends)).run();
    }
  }

  private static void assertSound(Settings settings, int tasks) {
    Map<String, float[]> parameters = new HashMap<>();
    List<StrategyRun> runs = run(settings, _ -> {}, parameters);
    assertEquals(settings.strategies(), runs.stream().map(StrategyRun::strategy).toList());
    for (StrategyRun run : runs) {
      assertEquals(tasks, run.matrix().tasks(), run.strategy());
      run.memory()
          .ifPresent(
              memory ->
                  assertEquals(settings.rehearsal().buffer(), memory.images(), run.strategy()));
      for (float value : parameters.get(run.strategy())) {
        assertTrue(Float.isFinite(value), () -> run.strategy() + " has a parameter of " + value);
      }
    }
  }

  @Tag("slow")
  @Timeout(600)
  @Test
  void everyStrategyLearnsOnlineClassByClassWithAMemorySmallerThanTheClassesAreMany() {
    assertSound(settings(Strategies.NAMES, "5", "33,14,12,17,1", true, 3), 5);
  }

  @Tag("slow")
  @Timeout(600)
  @Test
  void everyStrategyThatCanDoesWithoutAMemoryAndWithASingleTask() {
    List<String> names = Strategies.NAMES.stream().filter(name -> !name.equals("gdumb")).toList();
    assertSound(settings(names, "1", "33,14,12,17,1", false, 0), 1);
  }

  @Tag("slow")
  @Timeout(600)
  @Test
  void allFortyThreeClassesOneByOneInShuffledOrder() {
    assertSound(settings(List.of("rehearsal-kd", "x-der-rpc"), "43", "shuffled", false, 20), 43);
  }

  @Test
  void aFirstTaskOfAnotherSize() {
    assertSound(settings(List.of("bic"), "4,1,1", "33,14,12,17,1,2", false, 5), 3);
  }

  @Test
  void onlineMeetsEachImageOnce() {
    int[] images = new int[1];
    run(
        settings(List.of("er"), "2,2", "14,33,17,1", true, 10),
        event -> {
          if (event instanceof RunEvent.EpochFinished epoch) {
            assertEquals(1, epoch.id().epochs());
            images[0] += epoch.images();
          }
        },
        new HashMap<>());
    assertEquals(4 * 10, images[0]);
  }

  /** In a single task a memory that is filled at the end of tasks never serves. */
  @Test
  void onlineAMemoryServesWhileATaskIsLearnt() {
    Map<String, float[]> online = new HashMap<>();
    run(settings(List.of("fine-tune", "er"), "1", "14,33,17,1", true, 10), _ -> {}, online);
    Map<String, float[]> offline = new HashMap<>();
    run(settings(List.of("fine-tune", "er"), "1", "14,33,17,1", false, 10), _ -> {}, offline);
    assertArrayEquals(offline.get("fine-tune"), online.get("fine-tune"));
    assertArrayEquals(offline.get("fine-tune"), offline.get("er"));
    assertFalse(Arrays.equals(online.get("fine-tune"), online.get("er")));
  }

  @Test
  void erAcesMemoryServesWithinATaskUnlessItChoosesByFeatures() {
    Map<String, float[]> ends = new HashMap<>();
    run(
        settings(List.of("fine-tune", "er-ace", "er-ace@herding"), "1", "14,33,17,1", false, 10),
        _ -> {},
        ends);
    assertFalse(Arrays.equals(ends.get("fine-tune"), ends.get("er-ace")));
    assertArrayEquals(ends.get("fine-tune"), ends.get("er-ace@herding"));
  }

  @Test
  void onlineExcludesWhatNeedsImagesAgain() {
    assertEquals(
        "strategy \"er@herding\": memory herding needs all images of a class at once, and online"
            + " each is met once; choose @balanced, @reservoir or @ring",
        error(settings(List.of("er@herding"), "5", "given", true, 10)));
    assertEquals(
        "epochs is 2, expected 1 when online: each image is met once",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Settings.of(Map.of("strategies", "er", "online", "true", "epochs", "2"), false))
            .getMessage());
  }

  private static String error(Settings settings) {
    return assertThrows(
            IllegalArgumentException.class, () -> run(settings, _ -> {}, new HashMap<>()))
        .getMessage();
  }
}
