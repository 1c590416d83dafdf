package engram.cl.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.cl.memory.StoredImages;
import engram.cl.result.StrategyRun;
import engram.cl.settings.Settings;
import engram.data.Dataset;
import engram.data.synthetic.GeneratedSigns;
import engram.device.Devices;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sizes and kinds of memory and ways of replay in whole runs: two tasks of two classes. */
class MemoryInRunsTest {
  private static Dataset signs;
  private final List<Integer> held = new ArrayList<>();
  private final List<Integer> trained = new ArrayList<>();

  @BeforeAll
  static void generate() {
    signs = GeneratedSigns.generate(1, new GeneratedSigns.Size(1, 1), 2);
  }

  private List<StrategyRun> run(Map<String, String> others, String strategies) {
    Map<String, String> texts = new HashMap<>();
    texts.put("strategies", strategies);
    texts.put("tasks", "2,2");
    texts.put("class-order", "14,33,12,17");
    texts.put("epochs", "1");
    texts.put("batch", "16");
    texts.putAll(others);
    held.clear();
    trained.clear();
    Consumer<RunEvent> listener =
        event -> {
          if (event instanceof RunEvent.TaskEvaluated done) {
            held.add(done.memory().map(StoredImages::size).orElse(0));
          }
          if (event instanceof RunEvent.EpochFinished done) {
            trained.add(done.images());
          }
        };
    try (Backend backend = Devices.open("vector", 2, line -> {})) {
      return new Experiment(Settings.of(texts, false), signs, backend, listener).run();
    }
  }

  @Test
  void aMemoryGrowsByClassesOrByTasksWhateverItsKind() {
    run(Map.of("buffer-per-class", "3"), "er,er@random,er@first,er@ring,icarl");
    assertEquals(List.of(6, 12, 6, 12, 6, 12, 6, 12, 6, 12), held);
    run(Map.of("buffer-per-task", "5"), "er,er@random-tasks");
    assertEquals(List.of(5, 10, 5, 10), held);
  }

  @Test
  void compressedAMemoryHoldsMoreImagesInTheBytesOfFewWhateverItsKind() {
    Map<String, String> three = Map.of("buffer", "3", "compression", "4");
    String kinds = "er,er@reservoir,er@ring,er@herding,er@random,er@first,er@random-tasks";
    for (StrategyRun run : run(three, kinds)) {
      StrategyRun.MemoryUse use = run.memory().orElseThrow();
      assertEquals(12, use.images(), run.strategy());
      assertEquals(3L * signs.train().imageBytes(), use.bytes(), run.strategy());
    }
    run(Map.of("buffer-per-class", "1", "compression", "3"), "er,er@random,icarl");
    assertEquals(List.of(6, 12, 6, 12, 6, 12), held);
    run(Map.of("buffer-per-task", "1", "compression", "5"), "er@random-tasks");
    assertEquals(List.of(5, 10), held);
    run(Map.of("buffer", "2", "compression", "5", "replay", "own"), "er@random-tasks");
    int second = trained.getLast();
    run(Map.of("buffer", "2", "compression", "5", "replay", "mixed"), "er@random-tasks");
    assertEquals(second + 10, trained.getLast());
  }

  /** Labels come again in the second task: each of its two classes has slots of its own. */
  @Test
  void whereTasksShareLabelsEachHasItsOwnSlots() {
    Map<String, String> domain = Map.of("scenario", "domain", "buffer-per-class", "3");
    run(domain, "er@random,er,er@ring");
    assertEquals(List.of(6, 12, 6, 12, 6, 12), held);
  }

  @Test
  void mixedTheMemoryIsTrainedOnAsOftenAsItStandsInTheSet() {
    run(Map.of("buffer", "10", "replay", "own"), "er@random-tasks");
    int second = trained.getLast();
    run(Map.of("buffer", "10", "replay", "mixed"), "er@random-tasks,icarl");
    assertEquals(second + 10, trained.get(1));
    assertEquals(second + 10, trained.get(3));
    List<StrategyRun> runs =
        run(Map.of("buffer", "10", "replay", "mixed-evenly"), "er@random-tasks");
    assertTrue(second / 10 > 1, "the case asks for more than one time");
    assertEquals(second + second / 10 * 10, trained.get(1));
    assertEquals(List.of(10, 10), held, "only images of the task enter, not those from memory");
    assertEquals(10, runs.getFirst().memory().orElseThrow().images());
  }

  @Test
  void moreImagesFromMemoryThanNewOnesFitIntoABatch() {
    run(Map.of("buffer", "60", "replay", "60", "batch", "4"), "er_weights=tasks,der++,a-gem");
    assertEquals(3, IntStream.of(1, 3, 5).filter(i -> held.get(i) == 60).count());
  }

  @Test
  void gdumbOnTheFirstImagesOfEachClassInPasses() {
    run(Map.of("buffer", "12", "epochs", "3"), "gdumb_passes=2_mix=0@first");
    assertEquals(List.of(24, 24, 24, 24, 24, 24), trained);
  }

  /** Each is another loss or importance, so that the answers differ somewhere. */
  @Test
  void everySwitchRuns() {
    List<StrategyRun> runs =
        run(
            Map.of("buffer", "10"),
            "er_weights=sum,lwf_over=met_weights=share_squared=0_temperature=1,"
                + "er-ace_cosine=10_unmet=1,icarl_bce=sum_temperature=2,"
                + "online-ewc_fisher=predicted_images=0,online-ewc_fisher=all_images=5,"
                + "online-ewc_weighted=1,si_clip=0_gradient=total,mas_batch=8_outputs=mean");
    assertEquals(9, runs.size());
  }
}
