package engram.cl.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.cl.ToySigns;
import engram.cl.plugin.Plugins;
import engram.cl.settings.Settings;
import engram.cl.strategy.FineTune;
import engram.cl.stream.Batches;
import engram.cl.stream.ImageInput;
import engram.cl.stream.TaskLength;
import engram.cl.task.Examples;
import engram.cl.task.TaskSequence;
import engram.data.Dataset;
import engram.data.ImageSet;
import engram.data.synthetic.GeneratedSigns;
import engram.device.Devices;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.Flatten;
import engram.nn.layer.Linear;
import engram.nn.model.Models;
import engram.nn.optim.OptimiserState;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Optimiser, rate and length as protocols differ in them, through whole runs. */
class TrainingOptionsTest {
  private static final int IMAGES = 10;
  private static Dataset signs;

  /** Ten training images of each class. */
  @BeforeAll
  static void generate() {
    Dataset all = GeneratedSigns.generate(1, new GeneratedSigns.Size(1, 1), 2);
    signs =
        new Dataset("few signs", all.classNames(), few(all.train(), IMAGES), few(all.test(), 2));
  }

  private static ImageSet few(ImageSet images, int perClass) {
    int[] taken = new int[43];
    return images.select(
        IntStream.range(0, images.size())
            .filter(i -> taken[images.labels()[i]]++ < perClass)
            .toArray());
  }

  /** Two tasks of two classes. */
  private static Settings settings(String strategies, Map<String, String> others) {
    Map<String, String> texts = new HashMap<>();
    texts.put("strategies", strategies);
    texts.put("tasks", "2,2");
    texts.put("class-order", "14,33,12,17");
    texts.put("epochs", "2");
    texts.put("batch", "8");
    texts.put("buffer", "6");
    texts.putAll(others);
    return Settings.of(texts, false);
  }

  /** What a run leaves: parameters by strategy and task, and its epochs in order. */
  private record Left(Map<String, float[]> parameters, List<RunEvent.EpochFinished> epochs) {}

  private static Left run(Settings settings, int threads) {
    Left left = new Left(new LinkedHashMap<>(), new ArrayList<>());
    try (Backend backend = Devices.open("vector", threads, line -> {})) {
      new Experiment(
              settings,
              signs,
              backend,
              event -> {
                if (event instanceof RunEvent.TaskEvaluated task) {
                  left.parameters.put(
                      task.result().strategy() + " " + task.result().task(),
                      task.network().parameters().snapshot());
                } else if (event instanceof RunEvent.EpochFinished epoch) {
                  left.epochs.add(epoch);
                }
              })
          .run();
    }
    return left;
  }

  /** One image, so that the order of a pass is the same in all: 3 and 4 passes are 7. */
  @ParameterizedTest
  @CsvSource({"adam, 0", "adamw, 0", "sgd, 0.9"})
  void twoTasksWithAKeptStateAreOneLongTask(String optimizer, String momentum) {
    Map<String, String> options = new HashMap<>();
    options.put("optimizer", optimizer);
    options.put("momentum", momentum);
    options.put("schedule", "constant");
    options.put("lr", "0.1");
    options.put("weight-decay", "0.01");
    options.put("optimizer-state", "kept");
    Settings kept = settings("fine-tune", options);
    options.put("optimizer-state", "new");
    Settings anew = settings("fine-tune", options);
    assertArrayEquals(toy(kept, 7), toy(kept, 3, 4));
    assertFalse(Arrays.equals(toy(anew, 7), toy(anew, 3, 4)), "a new one is noticed");
    assertArrayEquals(toy(kept, 7), toy(anew, 7));
  }

  /** Trains a classifier of six pixels on one image, so many passes each time. */
  private static float[] toy(Settings settings, int... passes) {
    ImageSet images = ToySigns.images(1);
    images.pixels()[5] = (byte) 200;
    ImageInput input = settings.recipe().input(images);
    Learner learner =
        new Learner(
            settings,
            List.of(),
            _ -> {},
            input,
            new StopRequest(),
            StepWatch.EVERY_TENTH,
            Optional.empty());
    Sequential model = Sequential.of(Shape.shape(1, 2, 3), new Flatten(), new Linear(6, 2));
    try (Backend backend = Devices.open("vector", 1, line -> {})) {
      Network network = Network.create(model, backend, 1);
      Optional<OptimiserState> kept = Optional.empty();
      for (int count : passes) {
        TaskLength length = TaskLength.ofEpochs(count, 1, 8);
        EpochId id = new EpochId("toy", 1, 0, 1, 0, count);
        kept =
            new TaskTraining(
                    learner,
                    network,
                    new FineTune(),
                    Examples.of(images),
                    length,
                    kept,
                    id,
                    Optional.empty())
                .run(new StateKeeper(Optional.empty()))
                .kept();
      }
      return network.parameters().snapshot();
    }
  }

  @Test
  void aKeptStateIsFeltFromTheSecondTaskOnUnlessTheNetworkIsNew() {
    Map<String, float[]> anew = run(settings("fine-tune,joint,gdumb", Map.of()), 2).parameters;
    Map<String, float[]> kept =
        run(settings("fine-tune,joint,gdumb", Map.of("optimizer-state", "kept")), 2).parameters;
    assertArrayEquals(anew.get("fine-tune 0"), kept.get("fine-tune 0"));
    assertFalse(Arrays.equals(anew.get("fine-tune 1"), kept.get("fine-tune 1")));
    for (String same : List.of("joint 0", "joint 1", "gdumb 0", "gdumb 1")) {
      assertArrayEquals(anew.get(same), kept.get(same), same);
    }
  }

  @Test
  void whatPreTrainingLeavesIsKeptForTheFirstTaskOfEachStrategy() {
    Map<String, String> options = new HashMap<>(Map.of("pretraining-epochs", "1"));
    Map<String, float[]> anew = run(settings("fine-tune,joint", options), 2).parameters;
    options.put("optimizer-state", "kept");
    Map<String, float[]> kept = run(settings("fine-tune,er,joint", options), 2).parameters;
    assertFalse(Arrays.equals(anew.get("fine-tune 0"), kept.get("fine-tune 0")));
    assertArrayEquals(
        kept.get("fine-tune 0"), kept.get("er 0"), "no strategy takes it from another");
    assertArrayEquals(anew.get("joint 0"), kept.get("joint 0"));
  }

  /** 20 images of a task by eights: passes of 16. By sixty-fours: passes of one batch of 20. */
  @ParameterizedTest
  @CsvSource({"8, '16 16 8'", "64, '20 20 20 20 20'", "20, '20 20 20 20 20'"})
  void iterationsAreStepsOfWholeBatchesAndTheLastPassIsCut(String batch, String images) {
    Left left = run(settings("fine-tune", Map.of("iterations", "5", "batch", batch)), 2);
    List<Integer> expected = Arrays.stream(images.split(" ")).map(Integer::valueOf).toList();
    for (int task = 0; task < 2; task++) {
      int wanted = task;
      List<RunEvent.EpochFinished> epochs =
          left.epochs.stream().filter(epoch -> epoch.id().task() == wanted).toList();
      assertEquals(expected, epochs.stream().map(RunEvent.EpochFinished::images).toList());
      for (int pass = 0; pass < epochs.size(); pass++) {
        assertEquals(pass, epochs.get(pass).id().epoch());
        assertEquals(expected.size(), epochs.get(pass).id().epochs());
      }
    }
  }

  @Test
  void jointTrainingTakesAsManyStepsAsTheOthers() {
    Left left = run(settings("joint", Map.of("iterations", "5")), 2);
    int[] images = new int[2];
    left.epochs.forEach(epoch -> images[epoch.id().task()] += epoch.images());
    assertArrayEquals(new int[] {40, 40}, images);
  }

  /** 40 images are five whole batches, so five iterations are one epoch. */
  @Test
  void iterationsThatMakeWholeEpochsAreThoseEpochs() {
    Map<String, float[]> epochs =
        run(settings("er", Map.of("tasks", "1", "epochs", "2")), 2).parameters;
    Map<String, float[]> iterations =
        run(settings("er", Map.of("tasks", "1", "iterations", "10")), 2).parameters;
    assertArrayEquals(epochs.get("er 0"), iterations.get("er 0"));
  }

  @ParameterizedTest
  @CsvSource({"2, 0, 1", "4, 0, 3", "2, 5, 2", "2, 2, 0"})
  void aMemoryIsShownATaskInTheOrderOfItsLastPass(String epochs, String iterations, int last) {
    Settings settings = settings("fine-tune", Map.of("epochs", epochs, "iterations", iterations));
    TaskSequence sequence = Experiment.tasks(settings, signs, 1);
    ImageInput input = settings.recipe().input(signs.train());
    Examples examples = sequence.tasks().get(1).train();
    StopRequest stop = new StopRequest();
    FinishedTask end =
        new FinishedTask(
            sequence.tasks().get(1),
            examples,
            Network.create(
                Experiment.layers(settings, Plugins.NONE, signs, 4), new ReferenceBackend(), 1),
            settings,
            List.of(),
            input,
            1,
            new ForwardPass(input, stop),
            stop);
    Examples order = end.inOrderOfTraining();
    assertEquals(20, order.size(), "those that were dropped, too");
    assertArrayEquals(
        indices(Batches.shuffled(examples, 8, 1, 1, last).examples()), indices(order));
  }

  private static int[] indices(Examples examples) {
    return IntStream.range(0, examples.size()).map(examples::index).toArray();
  }

  /** All that differs from what is usual, at once. */
  @Test
  void oneThreadGivesTheSameBitsAsTwoWithEverythingOn() {
    Map<String, String> options = new HashMap<>();
    options.put("iterations", "7");
    options.put("optimizer", "sgd");
    options.put("momentum", "0.9");
    options.put("nesterov", "true");
    options.put("weight-decay", "0.001");
    options.put("optimizer-state", "kept");
    options.put("schedule", "0.2 at 1");
    options.put("warm-up", "1");
    options.put("lr", "0.05");
    options.put("clip", "1");
    options.put("pixels", "channel");
    options.put("augment", "crop-flip");
    options.put("init", "kaiming");
    options.put("pretraining-epochs", "1");
    Settings settings = settings("rehearsal-kd,eeil", options);
    Left one = run(settings, 1);
    Left two = run(settings, 2);
    assertEquals(4, one.parameters.size());
    one.parameters.forEach(
        (name, parameters) -> {
          assertArrayEquals(parameters, two.parameters.get(name), name);
          for (float value : parameters) {
            assertTrue(Float.isFinite(value), name);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "optimizer=sgd",
        "clip=0.01",
        "schedule=restarts",
        "warm-up=1",
        "weight-decay=0.5",
        "init=torch",
        "pixels=symmetric",
        "augment=crop"
      })
  void eachOptionIsFelt(String option) {
    String[] parts = option.split("=");
    float[] usual =
        run(settings("fine-tune", Map.of("tasks", "1")), 2).parameters.get("fine-tune 0");
    float[] other =
        run(settings("fine-tune", Map.of("tasks", "1", parts[0], parts[1])), 2)
            .parameters
            .get("fine-tune 0");
    assertFalse(Arrays.equals(usual, other), option);
  }

  /** The reference network is Xavier-uniform with zero biases of its own. */
  @Test
  void firstValuesAreThoseOfTheNetworkOrOthers() {
    Settings own = settings("joint", Map.of());
    Sequential model = Models.of(own.recipe().network(), Shape.shape(32, 32, 3), 4);
    assertEquals(model, own.recipe().init().of(model));
    assertEquals(model, settings("joint", Map.of("init", "xavier")).recipe().init().of(model));
    for (String other : List.of("torch", "kaiming")) {
      assertNotEquals(model, settings("joint", Map.of("init", other)).recipe().init().of(model));
    }
  }
}
