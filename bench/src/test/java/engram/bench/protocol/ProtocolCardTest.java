package engram.bench.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import engram.bench.run.RunConfig;
import engram.cl.experiment.Experiment;
import engram.data.Dataset;
import engram.data.ImageSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolCardTest {
  private static final ImageSet IMAGES =
      new ImageSet(1, 1, 1, new byte[4], new int[] {0, 1, 2, 3}, new int[4]);
  private static final Dataset DATA =
      new Dataset("toy", List.of("a", "b", "c", "d"), IMAGES, IMAGES);

  private static Map<String, String> card(Map<String, String> given) {
    Map<String, String> all = new HashMap<>(given);
    all.putIfAbsent("tasks", "2");
    RunConfig config = RunConfig.of(all);
    return ProtocolCard.of(
        config.toMap(),
        config.settings().strategies(),
        config.plugins().strategies(),
        Experiment.tasks(config.settings(), DATA, 1),
        5,
        "as they are",
        "plain");
  }

  @ParameterizedTest
  @CsvSource({
    "class,     'accuracy on the test images of all tasks met, among all classes met'",
    "blurry 0.5,'accuracy on the test images of all tasks met, among all classes met'",
    "task,      'accuracy on the test images of all tasks met, the task told'",
    "domain,    accuracy on the test images of all tasks met",
    "permuted,  accuracy on the test images of all tasks met",
  })
  void theMetricIsThatOfTheScenario(String scenario, String metric) {
    assertEquals(metric, card(Map.of("scenario", scenario)).get("metric"));
  }

  @ParameterizedTest
  @CsvSource({
    "epochs, 1, length of a task, 1 epoch",
    "epochs, 3, length of a task, 3 epochs",
    "iterations, 7, length of a task, 7 iterations",
    "buffer-per-class, 5, memory, 5 images for each class",
    "compression, 12, memory, '200 images in total; compressed, 12 times as many'",
    "optimizer-state, kept, optimiser's state, kept from task to task",
    "views, 9, metric, 'accuracy on the test images of all tasks met, each in 9 views,"
        + " among all classes met'",
  })
  void aFieldSaysWhatAnOptionIs(String option, String value, String field, String text) {
    assertEquals(text, card(Map.of(option, value)).get(field));
  }
}
