package engram.cl.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import engram.cl.memory.Capacity;
import engram.cl.memory.Replay;
import engram.cl.stream.Augmentation;
import engram.cl.stream.PixelScale;
import engram.cl.stream.Sampling;
import engram.cl.stream.Views;
import engram.cl.task.Scenario;
import engram.nn.optim.Adam;
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

  /** Adam made anew for each task, without anything else. */
  private static Settings.Training training(
      int pretrainingEpochs,
      int epochs,
      int batch,
      Sampling sampling,
      float rate,
      RateSchedule schedule) {
    Optimisation adam =
        new Optimisation(Optimisation.Kind.ADAM, 0, false, 0, Optimisation.State.NEW);
    return new Settings.Training(
        pretrainingEpochs,
        Pretraining.FIRST_TASK,
        epochs,
        0,
        batch,
        sampling,
        rate,
        schedule,
        0,
        adam,
        0,
        true);
  }

  @Test
  void whatIsUsualIsWhatTheTableSays() {
    Settings settings = Settings.of(Map.of(), false);
    assertEquals(
        new Settings(
            List.of("fine-tune", "rehearsal-kd", "joint"),
            new Settings.Protocol(
                Preset.DEFAULT,
                "5",
                "given",
                false,
                1,
                1,
                Scenario.CLASS,
                Head.GROWING,
                LossOver.MET),
            new Settings.Recipe(
                "simple", FirstValues.OWN, 0, 0, PixelScale.STANDARD, Augmentation.NONE, Views.ONE),
            training(0, 2, 64, Sampling.INSTANCE, 1e-3f, RateSchedule.Named.STEP),
            new Settings.Rehearsal(200, 0, 0, 1, Replay.OWN, 0.5f, 2)),
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
    texts.put("scenario", "task");
    texts.put("head", "full");
    texts.put("loss-over", "task");
    texts.put("network", "bn");
    texts.put("init", "kaiming");
    texts.put("label-smoothing", "0.125");
    texts.put("average", "0.75");
    texts.put("pixels", "channel");
    texts.put("augment", "crop-flip");
    texts.put("pretraining-epochs", "3");
    texts.put("pretraining", "made-up-signs");
    texts.put("epochs", "9");
    texts.put("iterations", "2000");
    texts.put("batch", "17");
    texts.put("sampling", "class");
    texts.put("lr", "0.25");
    texts.put("schedule", "0.2 at 49,63");
    texts.put("warm-up", "2");
    texts.put("optimizer", "sgd");
    texts.put("momentum", "0.9");
    texts.put("nesterov", "true");
    texts.put("weight-decay", "5.0E-4");
    texts.put("optimizer-state", "kept");
    texts.put("views", "5");
    texts.put("clip", "10.0");
    texts.put("buffer", "0");
    texts.put("buffer-per-class", "11");
    texts.put("buffer-per-task", "0");
    texts.put("compression", "5");
    texts.put("replay", "13");
    texts.put("alpha", "0.375");
    texts.put("temperature", "1.5");
    texts.put("seed", "7");
    texts.put("seeds", "4");
    texts.put("no-fusion", "true");
    assertEquals(
        new Settings(
            List.of("er", "lwf"),
            new Settings.Protocol(
                Preset.DEFAULT,
                "3,4",
                "shuffled",
                false,
                7,
                4,
                new Scenario(Scenario.Kind.TASK, 0),
                Head.FULL,
                LossOver.TASK),
            new Settings.Recipe(
                "bn",
                FirstValues.KAIMING,
                0.125f,
                0.75,
                PixelScale.CHANNEL,
                Augmentation.CROP_FLIP,
                Views.FIVE),
            new Settings.Training(
                3,
                Pretraining.MADE_UP_SIGNS,
                9,
                2000,
                17,
                Sampling.CLASS,
                0.25f,
                new RateSchedule.Falling(0.2, List.of(49, 63)),
                2,
                new Optimisation(Optimisation.Kind.SGD, 0.9, true, 5e-4, Optimisation.State.KEPT),
                10,
                false),
            new Settings.Rehearsal(0, 11, 0, 5, Replay.of(13), 0.375f, 1.5f)),
        Settings.of(texts, false));
    Map<String, Object> read = plain(texts, false);
    texts.forEach((name, text) -> assertEquals(text, Option.text(read.get(name)), name));
    assertEquals(Options.ALL.size() - 2, texts.size(), "all but preset and online");
  }

  @Test
  void presetsSayWhatTheyAlwaysSaid() {
    Settings course = Settings.of(Map.of("preset", "course"), true);
    assertEquals(
        training(4, 1, 64, Sampling.INSTANCE, 1e-3f, RateSchedule.Named.STEP), course.training());
    assertEquals("5x8", course.protocol().tasks());
    assertEquals(PixelScale.UNIT, course.recipe().pixels());
    assertEquals(course, Settings.of(Map.of("preset", "seed"), false), "its older name");
    Settings best = Settings.of(Map.of("preset", "best"), false);
    assertEquals(List.of("lucir@herding"), best.strategies());
    assertEquals(
        training(0, 8, 32, Sampling.SQUARE_ROOT, 8e-3f, RateSchedule.Named.COSINE),
        best.training());
    assertEquals(Capacity.total(200).compressed(12), best.rehearsal().capacity());
    assertEquals(Augmentation.SIGNS, best.recipe().augmentation());
    assertEquals(
        Augmentation.SIGNS_FLIP,
        Settings.of(Map.of("preset", "best"), true).recipe().augmentation());
    assertEquals(Views.NINE, best.recipe().views());
    assertEquals(0.1f, best.recipe().labelSmoothing());
    Settings photographs = Settings.of(Map.of(), true);
    assertEquals(
        training(0, 5, 64, Sampling.INSTANCE, 2e-3f, RateSchedule.Named.COSINE),
        photographs.training());
    assertEquals(Augmentation.SIGNS, photographs.recipe().augmentation());
  }

  /** The usual 200 images are not what a person asked for who gives another size. */
  @Test
  void aMemoryHasOneSize() {
    assertEquals(
        Capacity.perClass(100),
        Settings.of(Map.of("buffer-per-class", "100"), false).rehearsal().capacity());
    assertEquals(
        Capacity.perTask(250),
        Settings.of(Map.of("buffer-per-task", "250"), false).rehearsal().capacity());
    assertEquals(Capacity.total(200), Settings.of(Map.of(), false).rehearsal().capacity());
    Settings none = Settings.of(Map.of("buffer", "0", "buffer-per-class", "0"), false);
    assertEquals(Capacity.total(0), none.rehearsal().capacity());
    assertEquals(
        Capacity.total(200),
        Settings.of(Map.of("buffer-per-class", "0"), false).rehearsal().capacity());
  }

  @ParameterizedTest
  @CsvSource({"buffer, 200, TOTAL", "buffer-per-class, 20, CLASS", "buffer-per-task, 30, TASK"})
  void aCompressedMemoryHoldsMoreImagesInItsBytes(String option, int images, Capacity.Unit unit) {
    Map<String, String> texts = Map.of(option, String.valueOf(images), "compression", "12");
    Capacity capacity = Settings.of(texts, false).rehearsal().capacity();
    assertEquals(new Capacity(12 * images, unit, 12), capacity);
    assertEquals(images * 3072, capacity.images() * capacity.keptBytes(3072));
    assertEquals(65, capacity.keptBytes(784), "a part of a byte is left out");
    assertEquals(4, capacity.keptBytes(20), "fewer are no image");
    assertEquals(3, capacity.keptBytes(3), "but never more than it has");
  }

  @Test
  void aBatchHasRoomForAllThatAStrategyMayAdd() {
    assertEquals(128, Settings.of(Map.of(), false).rehearsal().mostReplayed(64));
    assertEquals(256, Settings.of(Map.of("replay", "128"), false).rehearsal().mostReplayed(10));
  }

  /** What a scenario leaves no choice of need not be said. */
  @Test
  void scenariosSayWhichOutputsAreCompared() {
    Settings told = Settings.of(Map.of("scenario", "task"), false);
    assertEquals(LossOver.TASK, told.protocol().lossOver());
    Settings blurry = Settings.of(Map.of("scenario", "blurry 0.1"), false);
    assertEquals(new Scenario(Scenario.Kind.BLURRY, 0.1), blurry.protocol().scenario());
    assertEquals(Head.FULL, blurry.protocol().head());
    assertEquals(
        LossOver.ALL,
        Settings.of(Map.of("head", "full", "loss-over", "all"), false).protocol().lossOver());
    assertEquals(
        LossOver.TASK, Settings.of(Map.of("loss-over", "task"), false).protocol().lossOver());
  }

  @Test
  void onlineMeetsEachImageOnceUnderEveryPreset() {
    Settings settings = Settings.of(Map.of("preset", "course", "online", "true"), false);
    assertEquals(1, settings.training().epochs());
    assertEquals(0, settings.training().pretrainingEpochs());
  }

  @Test
  void adamTakesDecayOfEitherKind() {
    for (String name : List.of("adam", "adamw")) {
      Settings settings = Settings.of(Map.of("optimizer", name, "weight-decay", "0.01"), false);
      assertEquals(
          new Adam(1e-3, 0.9, 0.999, 1e-8, 0.01, name.equals("adamw")),
          settings.training().optimisation().optimiser());
    }
    assertEquals(new Adam(), Settings.of(Map.of(), false).training().optimisation().optimiser());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.2 at 49,63", "0.2 at 49 63", " 0.20  at 49, 63 "})
  void epochsAtWhichTheRateFallsStandApartByCommasOrSpaces(String text) {
    RateSchedule schedule = Settings.of(Map.of("schedule", text), false).training().schedule();
    assertEquals(new RateSchedule.Falling(0.2, List.of(49, 63)), schedule);
    assertEquals("0.2 at 49,63", schedule.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"COSINE", "Cosine", "cosine"})
  void namesAreReadInAnyCase(String text) {
    assertEquals(
        RateSchedule.Named.COSINE,
        Settings.of(Map.of("schedule", text), false).training().schedule());
  }

  @Test
  void whoSaysWhatIsLearntBeforeTheTasksHasItLearnt() {
    Map<String, String> given = Map.of("pretraining", "made-up-signs");
    assertEquals(4, Settings.of(given, false).training().pretrainingEpochs());
    Map<String, String> none = Map.of("preset", "best", "pretraining-epochs", "0");
    assertEquals(0, Settings.of(none, true).training().pretrainingEpochs());
    Map<String, String> online = Map.of("online", "true", "pretraining", "made-up-signs");
    assertThrows(IllegalArgumentException.class, () -> Settings.of(online, false));
  }

  @Test
  void anOlderNameOfAnOptionMeansTheSame() {
    assertEquals(
        Settings.of(Map.of("network", "mlp 100 2"), false),
        Settings.of(Map.of("model", "mlp 100 2"), false));
  }
}
