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
import engram.data.synthetic.GeneratedSigns;
import engram.device.Devices;
import engram.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What only an experiment can tell. */
class RunDoctorTest {
  private static final List<Integer> CLASSES = List.of(14, 33, 12, 17);
  private static Dataset signs;

  @BeforeAll
  static void generate() {
    signs = GeneratedSigns.generate(1, new GeneratedSigns.Size(1, 2), 2);
  }

  private static List<RunFinding> found(Dataset dataset, Map<String, String> others) {
    Map<String, String> texts = new HashMap<>();
    texts.put("strategies", "er");
    texts.put("network", "mlp 16 1");
    texts.put("tasks", "2");
    texts.put("class-order", "14,33,12,17");
    texts.put("epochs", "4");
    texts.put("batch", "16");
    texts.put("buffer", "40");
    texts.putAll(others);
    List<RunFinding> findings = new ArrayList<>();
    RunDoctor doctor = new RunDoctor(findings::add);
    try (Backend backend = Devices.open("plain", 1, line -> {})) {
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
    assertEquals(List.of(), found(signs, Map.of()));
  }

  @Test
  void aRateThatIsTooLargeIsToldWithStrategyTaskAndStep() {
    RunFinding first = found(signs, Map.of("lr", "30")).getFirst();
    assertEquals("rate-too-large", first.finding().symptom());
    assertTrue(
        first.toString().startsWith("er, seed 1, task 1, step 1: rate-too-large, "),
        first.toString());
  }

  /** Half of the images of a class have the label of another: there is nothing to be learnt. */
  @Test
  void shuffledLabelsAreALossOfGuessingOrATaskThatIsNotLearnt() {
    Dataset shuffled =
        new Dataset("shuffled", signs.classNames(), shuffled(signs.train()), signs.test());
    List<RunFinding> findings = found(shuffled, Map.of("epochs", "8"));
    assertEquals(List.of("learns-nothing"), symptoms(findings), findings.toString());
    assertTrue(findings.getFirst().finding().remedy().contains("Labels may not belong"));
  }

  private static ImageSet shuffled(ImageSet images) {
    CounterRandom random = CounterRandom.of(1, "shuffled");
    int[] labels = images.labels().clone();
    Arrays.setAll(
        labels,
        i -> {
          int at = CLASSES.indexOf(labels[i]);
          return at < 0 ? labels[i] : CLASSES.get(at / 2 * 2 + random.below(2, i));
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
    List<RunFinding> findings = found(signs, Map.of("buffer", "1", "epochs", "12"));
    assertEquals(List.of("class-lost"), symptoms(findings), findings.toString());
    RunFinding lost = findings.getFirst();
    assertEquals(1, lost.task());
    assertTrue(lost.finding().what().contains("holds no image of it (of 1 images of 1 classes)"));
  }
}
