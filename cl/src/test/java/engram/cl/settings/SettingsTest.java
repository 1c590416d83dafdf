package engram.cl.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import engram.cl.stream.Augmentation;
import engram.cl.stream.Normalisation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static Map<String, Object> plain(Map<String, String> given, boolean photographs) {
    return Values.of(given, Options.ALL, photographs).plain(Options.ALL);
  }

  @Test
  void whatIsUsualIsWhatTheTableSays() {
    Settings settings = Settings.of(Map.of(), false);
    assertEquals(
        new Settings(
            List.of("fine-tune", "rehearsal-kd", "joint"),
            new Settings.Protocol(Preset.DEFAULT, "5", "given", false, 1, 1),
            new Settings.Recipe("simple", 0, 0, Normalisation.STANDARD, Augmentation.NONE),
            new Settings.Training(0, 2, 64, 1e-3f, RateSchedule.STEP, true),
            new Settings.Rehearsal(200, 0.5f, 2)),
        settings);
  }

  /** What is read back as text gives the same settings again: each row sets what it reads. */
  @ParameterizedTest
  @EnumSource
  void eachOptionIsReadBackAsItWasSet(Preset preset) {
    Map<String, String> given = Map.of("preset", preset.toString());
    Settings settings = Settings.of(given, true);
    Map<String, String> texts = new HashMap<>();
    plain(given, true).forEach((name, value) -> texts.put(name, Option.text(value)));
    assertEquals(settings, Settings.of(texts, false));
  }

  /** Every option but the preset, set to what it usually is not. */
  @Test
  void everyOptionIsSet() {
    Map<String, String> texts = new HashMap<>();
    texts.put("strategies", "er,lwf");
    texts.put("tasks", "3,4");
    texts.put("class-order", "shuffled");
    texts.put("network", "bn");
    texts.put("label-smoothing", "0.125");
    texts.put("average", "0.75");
    texts.put("pixels", "unit");
    texts.put("augment", "rough");
    texts.put("pretraining-epochs", "3");
    texts.put("epochs", "9");
    texts.put("batch", "17");
    texts.put("lr", "0.25");
    texts.put("schedule", "cosine");
    texts.put("buffer", "11");
    texts.put("alpha", "0.375");
    texts.put("temperature", "1.5");
    texts.put("seed", "7");
    texts.put("seeds", "4");
    texts.put("no-fusion", "true");
    assertEquals(
        new Settings(
            List.of("er", "lwf"),
            new Settings.Protocol(Preset.DEFAULT, "3,4", "shuffled", false, 7, 4),
            new Settings.Recipe("bn", 0.125f, 0.75, Normalisation.UNIT, Augmentation.ROUGH),
            new Settings.Training(3, 9, 17, 0.25f, RateSchedule.COSINE, false),
            new Settings.Rehearsal(11, 0.375f, 1.5f)),
        Settings.of(texts, false));
    Map<String, Object> read = plain(texts, false);
    texts.forEach((name, text) -> assertEquals(text, Option.text(read.get(name)), name));
    assertEquals(Options.ALL.size() - 2, texts.size(), "all but preset and online");
  }

  @Test
  void presetsSayWhatTheyAlwaysSaid() {
    Settings course = Settings.of(Map.of("preset", "course"), true);
    assertEquals(
        new Settings.Training(4, 1, 64, 1e-3f, RateSchedule.STEP, true), course.training());
    assertEquals("5x8", course.protocol().tasks());
    assertEquals(Normalisation.UNIT, course.recipe().normalisation());
    assertEquals(course, Settings.of(Map.of("preset", "seed"), false), "its older name");
    Settings best = Settings.of(Map.of("preset", "best"), false);
    assertEquals(List.of("lucir@herding"), best.strategies());
    assertEquals(
        new Settings.Training(0, 8, 32, 8e-3f, RateSchedule.COSINE, true), best.training());
    Settings photographs = Settings.of(Map.of(), true);
    assertEquals(
        new Settings.Training(0, 5, 64, 2e-3f, RateSchedule.COSINE, true), photographs.training());
    assertEquals(Augmentation.SIGNS, photographs.recipe().augmentation());
  }

  @Test
  void onlineMeetsEachImageOnceUnderEveryPreset() {
    Settings settings = Settings.of(Map.of("preset", "course", "online", "true"), false);
    assertEquals(1, settings.training().epochs());
    assertEquals(0, settings.training().pretrainingEpochs());
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
        "augment|flip|there is no augmentation \"flip\"; choose from none, signs, rough",
        "pixels|raw|there is no normalisation of pixels \"raw\"; choose from unit, standard",
        "schedule|linear|there is no schedule \"linear\"; choose from step, cosine",
        "schedule|cosin|there is no schedule \"cosin\", perhaps cosine; choose from step, cosine",
        "preset|cours|there is no preset \"cours\", perhaps course; choose from default, course,"
            + " best"
      })
  void whatMakesNoSenseIsAnErrorWithTheRule(String name, String text, String message) {
    var error =
        assertThrows(IllegalArgumentException.class, () -> Settings.of(Map.of(name, text), false));
    assertEquals(message, error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"COSINE", "Cosine", "cosine"})
  void namesAreReadInAnyCase(String text) {
    assertEquals(
        RateSchedule.COSINE, Settings.of(Map.of("schedule", text), false).training().schedule());
  }

  @Test
  void anOlderNameOfAnOptionMeansTheSame() {
    assertEquals(
        Settings.of(Map.of("network", "mlp 100 2"), false),
        Settings.of(Map.of("model", "mlp 100 2"), false));
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
}
