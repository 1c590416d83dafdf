package engram.cl.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.cl.experiment.Experiment;
import engram.cl.experiment.StopRequest;
import engram.cl.plugin.Plugins;
import engram.cl.settings.Settings;
import engram.data.Dataset;
import engram.data.ImageSet;
import engram.device.Devices;
import engram.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What only an experiment can tell. */
class RunDoctorTest {
  private static final int CLASSES = 4;
  private static final int SIDE = 6;
  private static final Dataset STRIPES =
      new Dataset(
          "stripes", List.of("first", "second", "third", "fourth"), stripes(16, 1), stripes(12, 2));

  /** Grey pictures with one bright row, by which the class can be told. */
  private static ImageSet stripes(int ofEach, long seed) {
    CounterRandom random = CounterRandom.of(seed, "stripes");
    int[] labels = new int[CLASSES * ofEach];
    Arrays.setAll(labels, i -> i % CLASSES);
    byte[] pixels = new byte[labels.length * SIDE * SIDE];
    for (int p = 0; p < pixels.length; p++) {
      int row = p / SIDE % SIDE;
      boolean bright = row == 1 + labels[p / (SIDE * SIDE)];
      pixels[p] = (byte) (random.below(120, p) + (bright ? 120 : 0));
    }
    int[] tracks = new int[labels.length];
    Arrays.setAll(tracks, i -> i);
    return new ImageSet(SIDE, SIDE, 1, pixels, labels, tracks);
  }

  private static List<RunFinding> found(Dataset dataset, Map<String, String> others) {
    Map<String, String> texts = new HashMap<>();
    texts.put("strategies", "er");
    texts.put("network", "mlp 16 1");
    texts.put("tasks", "2");
    texts.put("epochs", "12");
    texts.put("batch", "8");
    texts.put("buffer", "16");
    texts.putAll(others);
    List<RunFinding> findings = new ArrayList<>();
    RunDoctor doctor = new RunDoctor(findings::add);
    try (Backend backend = Devices.open("plain", 1, _ -> {})) {
      var _ =
          new Experiment(
                  Settings.of(texts, false),
                  Plugins.NONE,
                  dataset,
                  backend,
                  doctor,
                  new StopRequest(),
                  doctor,
                  Optional.empty(),
                  Optional.empty())
              .run();
    }
    return findings;
  }

  private static List<String> symptoms(List<RunFinding> findings) {
    return findings.stream().map(found -> found.finding().symptom()).distinct().toList();
  }

  @Test
  void aRunThatIsWellHasNoFinding() {
    assertEquals(List.of(), found(STRIPES, Map.of()));
  }

  @Test
  void aRateThatIsTooLargeIsToldWithStrategyTaskAndStep() {
    RunFinding first = found(STRIPES, Map.of("lr", "30")).getFirst();
    assertEquals("rate-too-large", first.finding().symptom());
    assertTrue(
        first.toString().startsWith("er, seed 1, task 1, step 1: rate-too-large, "),
        first.toString());
  }

  /** Half of the images of a class have the label of another: there is nothing to be learnt. */
  @Test
  void shuffledLabelsAreALossOfGuessingOrATaskThatIsNotLearnt() {
    Dataset shuffled =
        new Dataset("shuffled", STRIPES.classNames(), shuffled(STRIPES.train()), STRIPES.test());
    List<RunFinding> findings = found(shuffled, Map.of());
    assertEquals(List.of("learns-nothing"), symptoms(findings), findings.toString());
    assertTrue(findings.getFirst().finding().remedy().contains("Labels may not belong"));
  }

  private static ImageSet shuffled(ImageSet images) {
    CounterRandom random = CounterRandom.of(1, "shuffled");
    int[] labels = images.labels().clone();
    Arrays.setAll(
        labels,
        i -> {
          int ofTask = random.below(2, i);
          return labels[i] / 2 * 2 + ofTask;
        });
    return new ImageSet(
        images.height(),
        images.width(),
        images.channels(),
        images.pixels(),
        labels,
        images.tracks());
  }

  @Test
  void aClassThatTheMemoryLostIsNamed() {
    List<RunFinding> findings = found(STRIPES, Map.of("buffer", "1", "epochs", "12"));
    assertEquals(List.of("class-lost"), symptoms(findings), findings.toString());
    RunFinding lost = findings.getFirst();
    assertEquals(1, lost.task());
    assertTrue(lost.finding().what().contains("holds no image of it (of 1 images of 1 classes)"));
  }
}
