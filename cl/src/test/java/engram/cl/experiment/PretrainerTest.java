package engram.cl.experiment;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.cl.plugin.Plugins;
import engram.cl.settings.Settings;
import engram.cl.stream.ImageInput;
import engram.cl.task.TaskSequence;
import engram.data.Dataset;
import engram.data.synthetic.GeneratedSigns;
import engram.device.Devices;
import engram.nn.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Signs that no road has, learnt before the first task. */
class PretrainerTest {
  private static final Settings SETTINGS =
      Settings.of(
          Map.of(
              "tasks", "2x2",
              "network", "lenet",
              "batch", "128",
              "pretraining", "made-up-signs",
              "pretraining-epochs", "1"),
          false);

  private final List<Double> losses = new ArrayList<>();

  /** A network with first values, or what it is after its pre-training. */
  private Network network(int threads, boolean trained) {
    Dataset signs = GeneratedSigns.generate(1, new GeneratedSigns.Size(1, 1), 2);
    Backend backend = Devices.open("vector", threads, line -> {});
    Network network =
        Network.create(Experiment.layers(SETTINGS, Plugins.NONE, shape(32, 32, 3), 2), backend, 1);
    if (!trained) {
      return network;
    }
    ImageInput input = SETTINGS.recipe().input(signs.train());
    Learner learner =
        new Learner(
            SETTINGS,
            List.of(),
            event -> {
              if (event instanceof RunEvent.LossRead read) {
                losses.add(read.losses().getFirst().value());
              }
            },
            input,
            new StopRequest(),
            StepWatch.EVERY_TENTH,
            Optional.empty());
    TaskSequence sequence = Experiment.tasks(SETTINGS, signs, 1);
    EpochId first = new EpochId(Experiment.PRE_TRAINING, 1, 0, 2, 0, 1);
    Beginning begun = new Pretrainer(_ -> learner, () -> learner).run(network, sequence, first);
    assertEquals(Optional.empty(), begun.kept(), "moments of other classes are of no use");
    return begun.network();
  }

  @Test
  void featuresAreLearntAndTheClassifierStaysAsItWasAtAnyNumberOfThreads() {
    Network before = network(2, false);
    Network after = network(2, true);
    String classifier = before.model().classifierName();
    for (String name : List.of(classifier + ".weight", classifier + ".bias")) {
      assertArrayEquals(
          before.parameters().buffer(name).read(), after.parameters().buffer(name).read(), name);
    }
    assertFalse(
        Arrays.equals(before.parameters().snapshot(), after.parameters().snapshot()), "features");
    assertTrue(losses.getFirst() > 5, "320 classes at random: " + losses.getFirst());
    assertTrue(losses.getLast() < losses.getFirst() - 1, "they are learnt: " + losses.getLast());
    assertArrayEquals(
        after.parameters().snapshot(), network(1, true).parameters().snapshot(), "one thread");
  }

  @Test
  void imagesOfAnotherFormAreRefused() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> Experiment.require(SETTINGS, Plugins.NONE, shape(28, 28, 1), 10));
    assertEquals(
        "pretraining is made-up-signs, whose images are [32, 32, 3], those of the data are [28, 28,"
            + " 1]: use first-task",
        error.getMessage());
  }
}
