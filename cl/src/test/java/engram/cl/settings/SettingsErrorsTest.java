package engram.cl.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes no sense, alone or together, is answered with option, value and rule. */
class SettingsErrorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "task|loss-over|met|loss-over is met, expected task in scenario task: the task is told",
        "domain|loss-over|task|loss-over is task, expected met in scenario domain: all classes are"
            + " met in the first task",
        "permuted|loss-over|task|loss-over is task, expected met in scenario permuted: all classes"
            + " are met in the first task",
        "blurry 0.1|head|growing|head is growing, expected full in scenario blurry 0.1: all classes"
            + " are met in the first task"
      })
  void whatDoesNotGoWithAScenarioIsAnError(
      String scenario, String name, String text, String message) {
    Map<String, String> given = Map.of("scenario", scenario, name, text);
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> Settings.of(given, false)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "epochs|0|epochs is 0, expected 1 or more",
        "epochs|two|epochs is \"two\", expected a whole number, 1 or more",
        "batch|20000|batch is 20000, expected 1 to 16384",
        "lr|0|lr is 0.0, expected above 0, below 1000000",
        "alpha|NaN|alpha is NaN, expected 0 to 1",
        "label-smoothing|1|label-smoothing is 1.0, expected 0 or more, below 1",
        "seed|1.5|seed is \"1.5\", expected a whole number",
        "online|yes|online is \"yes\", expected true or false",
        "strategies|er,er|strategies is er,er, expected at least one, each once: --seeds repeats"
            + " them",
        "augment|flip|there is no augmentation \"flip\"; choose from none, signs, signs-flip,"
            + " rough, crop, crop-flip",
        "pixels|raw|there is no normalisation of pixels \"raw\"; choose from standard, unit,"
            + " channel, symmetric, local",
        "schedule|linear|there is no schedule \"linear\"; choose from step, constant, cosine,"
            + " restarts, 0.2 at 49,63",
        "schedule|cosin|there is no schedule \"cosin\", perhaps cosine; choose from step, constant,"
            + " cosine, restarts, 0.2 at 49,63",
        "schedule|0.2 at 49,sixty|schedule is \"0.2 at 49,sixty\", expected step, constant, cosine,"
            + " restarts, or a factor and epochs as 0.2 at 49,63",
        "schedule|2 at 49|schedule is \"2.0 at 49\", expected a factor between 0 and 1, and epochs"
            + " in rising order from 1, such as 0.2 at 49,63",
        "schedule|0.2 at 63,49|schedule is \"0.2 at 63,49\", expected a factor between 0 and 1, and"
            + " epochs in rising order from 1, such as 0.2 at 49,63",
        "schedule|0.2 at 0|schedule is \"0.2 at 0\", expected a factor between 0 and 1, and epochs"
            + " in rising order from 1, such as 0.2 at 49,63",
        "optimizer|adm|there is no optimizer \"adm\", perhaps adam; choose from adam, adamw, sgd",
        "momentum|0.9|momentum is 0.9, expected 0 with optimizer adam: momentum is of sgd",
        "nesterov|true|nesterov looks ahead by momentum, and momentum is 0: give both, such as"
            + " --momentum 0.9",
        "momentum|1|momentum is 1.0, expected 0 or more, below 1",
        "weight-decay|-1|weight-decay is -1.0, expected 0 or more, below 1",
        "iterations|-1|iterations is -1, expected 0 or more",
        "clip|-1|clip is -1.0, expected 0 or more, below 1000000",
        "init|he|there is no initialisation \"he\"; choose from own, torch, xavier, kaiming",
        "replay|mixd|there is no replay \"mixd\", perhaps mixed; choose from own, mixed,"
            + " mixed-evenly, or a whole number",
        "replay|x1|replay is \"x1\", expected own, mixed, mixed-evenly or a whole number, 1 to"
            + " 16384",
        "class-order|shufled|there is no class order \"shufled\", perhaps shuffled; choose from"
            + " given, shuffled, class numbers as 3,1,2",
        "tasks|5y|tasks \"5y\": \"5y\" is not a whole number; write for example 3,1,2",
        "replay|0|replay is 0, expected 1 to 16384",
        "buffer-per-class|-1|buffer-per-class is -1, expected 0 or more",
        "compression|0|compression is 0, expected 1 to 64",
        "compression|65|compression is 65, expected 1 to 64",
        "compression|x|compression is \"x\", expected a whole number, 1 to 64",
        "scenario|clas|there is no scenario \"clas\", perhaps class; choose from class, task,"
            + " domain, permuted, blurry",
        "scenario|blurry|scenario is \"blurry\", expected blurry and a share, such as blurry 0.1",
        "scenario|blurry x|scenario blurry has a share of \"x\", expected a number above 0, below"
            + " 1",
        "scenario|blurry 1|scenario blurry has a share of 1.0, expected above 0, below 1",
        "scenario|class 0.1|scenario is \"class 0.1\", expected class",
        "head|big|there is no head \"big\"; choose from growing, full",
        "loss-over|all|loss-over is all, but head growing has no outputs of classes that come"
            + " later: use --head full",
        "preset|cours|there is no preset \"cours\", perhaps course; choose from default, course,"
            + " best"
      })
  void whatMakesNoSenseIsAnErrorWithTheRule(String name, String text, String message) {
    var error =
        assertThrows(IllegalArgumentException.class, () -> Settings.of(Map.of(name, text), false));
    assertEquals(message, error.getMessage());
  }

  @Test
  void onlineHasNoIterations() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> Settings.of(Map.of("online", "true", "iterations", "2000"), false));
    assertEquals(
        "iterations is 2000, expected 0 when online: each image is met once", error.getMessage());
  }

  @Test
  void onlineNoClassIsMetMoreOften() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> Settings.of(Map.of("online", "true", "sampling", "class"), false));
    assertEquals(
        "sampling is class, expected instance when online: each image is met once",
        error.getMessage());
  }

  @Test
  void onlineThereIsNoTrainingSetToMixTheMemoryInto() {
    Map<String, String> texts = Map.of("online", "true", "replay", "mixed");
    assertEquals(
        "replay is mixed, expected own or a number when online: the memory changes with each step",
        assertThrows(IllegalArgumentException.class, () -> Settings.of(texts, false)).getMessage());
  }

  @Test
  void anUnknownOptionIsNamed() {
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> Settings.of(Map.of("epoch", "1"), false));
    assertEquals(
        "there is no option \"epoch\", perhaps epochs; choose from ",
        error.getMessage().substring(0, error.getMessage().indexOf("preset")));
  }

  @Test
  void imagesOfACompressedMemoryCanBeCounted() {
    Map<String, String> texts = Map.of("buffer", "100000000", "compression", "64");
    assertEquals(
        "compression is 64, which makes 100000000 images 6400000000, expected at most 2147483647",
        assertThrows(IllegalArgumentException.class, () -> Settings.of(texts, false)).getMessage());
  }

  @Test
  void aMemoryHasOneSize() {
    Map<String, String> both = Map.of("buffer", "200", "buffer-per-class", "100");
    assertEquals(
        "buffer is 200, buffer-per-class 100, buffer-per-task 0: a memory has one size, give one of"
            + " them",
        assertThrows(IllegalArgumentException.class, () -> Settings.of(both, false)).getMessage());
  }
}
