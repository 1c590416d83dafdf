package engram.bench.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.bench.file.ConfigFile;
import engram.bench.record.RunFolder;
import engram.bench.run.RunOptions;
import engram.data.Dataset;
import engram.data.synthetic.GeneratedSigns;
import engram.device.Devices;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class TuningTest {
  private static final Dataset SIGNS = GeneratedSigns.generate(1, new GeneratedSigns.Size(1, 1), 2);

  @TempDir private Path folder;

  /** Two tasks of three, of which the first alone is learnt. */
  private static Tuning tuning(String grid, boolean halving) {
    SequencedMap<String, String> given = new LinkedHashMap<>();
    given.put("strategies", "er");
    given.put("tasks", "2,1");
    given.put("class-order", "14,33,12");
    given.put("batch", "16");
    given.put("validation-seed", "3");
    return new Tuning(Grid.parse(List.of(grid)), given, halving, 1);
  }

  private String run(Tuning tuning) throws IOException {
    StringWriter screen = new StringWriter();
    try (Backend backend = Devices.open("vector", 2, line -> {});
        RunFolder search = RunFolder.goOnIn(folder)) {
      tuning.run(SIGNS, backend, search, new PrintWriter(screen));
    }
    return screen.toString();
  }

  @Test
  void writesTheBetterChoiceAsAConfigOfRunAndRepeatsNoTrial() throws IOException {
    // With a rate of nearly 0 nothing is learnt.
    String first = run(tuning("lr=0.000000001,0.002", false));
    assertTrue(first.contains("lr 0.002  2 epochs   accuracy"), first);
    Map<String, Object> best = ConfigFile.read(folder.resolve("best.yaml"));
    assertEquals("0.002", best.get("lr").toString());
    assertEquals("2,1", best.get("tasks").toString(), "all tasks, not only the first");
    assertFalse(best.containsKey("validate"));
    assertFalse(best.containsKey("validation-seed"));

    List<String> trials = Files.readAllLines(folder.resolve("trials.csv"));
    assertEquals("lr,epochs,accuracy,average,seconds", trials.getFirst());
    assertEquals(3, trials.size());

    // The second is lost, as after a crash: it alone is tried again.
    Files.write(folder.resolve("trials.csv"), trials.subList(0, 2));
    String again = run(tuning("lr=0.000000001,0.002", false));
    assertFalse(again.contains("lr 0.000000001  2 epochs   accuracy"), again);
    assertEquals(trials.get(1), Files.readAllLines(folder.resolve("trials.csv")).get(1));
    assertEquals(3, Files.readAllLines(folder.resolve("trials.csv")).size());
  }

  @Test
  void epochsThatVaryHaveOneColumnAndAreFoundAgain() throws IOException {
    run(tuning("epochs=1,2", false));
    List<String> trials = Files.readAllLines(folder.resolve("trials.csv"));
    assertEquals("epochs,accuracy,average,seconds", trials.getFirst());
    assertFalse(run(tuning("epochs=1,2", false)).contains(" epochs   accuracy"));
    assertEquals(trials, Files.readAllLines(folder.resolve("trials.csv")));
  }

  @Tag("slow")
  @Timeout(600)
  @Test
  void aStrategysHyperParametersAreVariedWithItsName() throws IOException {
    String screen = run(tuning("strategies=lucir_lambda=1,lucir_lambda=10", false));
    assertTrue(screen.contains("strategies lucir_lambda=10  2 epochs   accuracy"), screen);
    Map<String, Object> best = ConfigFile.read(folder.resolve("best.yaml"));
    assertTrue(best.get("strategies").toString().contains("lucir_lambda="), best.toString());
  }

  @Test
  void aFolderWithAnotherSearchIsLeftAlone() throws IOException {
    run(tuning("lr=0.001", false));
    List<String> before = Files.readAllLines(folder.resolve("trials.csv"));
    var error = assertThrows(IOException.class, () -> run(tuning("lr=0.002", false)));
    assertEquals(
        folder + " holds a search with other options: name another folder with --out",
        error.getMessage());
    assertEquals(before, Files.readAllLines(folder.resolve("trials.csv")));
  }

  @Test
  void whatCannotBeVariedSaysWhy() {
    assertEquals(
        "grid: there is no option \"batsh\", perhaps batch; choose from "
            + String.join(", ", RunOptions.tunable()),
        error("batsh=1,2", false));
    assertEquals(
        "grid: --seed is the same for all trials; give it beside --grid", error("seed=1,2", false));
    assertEquals(
        "--halving chooses the epochs of each trial: leave epochs out of the grid",
        error("epochs=1,2", true));
    assertEquals(
        "--halving chooses the epochs of each trial: leave iterations out of the grid",
        error("iterations=10,20", true));
    assertEquals(
        "--halving chooses the epochs of each trial, and iterations take their place: leave them"
            + " out",
        error("lr=0.001,0.002", true, Map.of("strategies", "er", "iterations", "10")));
    assertEquals("alpha is 2.0, expected 0 to 1", error("alpha=0.5,2", false));
    assertEquals(
        "a search is for one strategy: name it with --strategies",
        error("lr=0.001", false, Map.of("strategies", "er,wa")));
    assertEquals(
        "strategy \"wa_alpha=1\": it has no hyper-parameters; leave out _alpha=1",
        error("strategies=wa,wa_alpha=1", false));
  }

  private static String error(String grid, boolean halving) {
    return error(grid, halving, Map.of("strategies", "er"));
  }

  private static String error(String grid, boolean halving, Map<String, String> given) {
    return String.valueOf(
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new Tuning(Grid.parse(List.of(grid)), new LinkedHashMap<>(given), halving, 1)
                        .base())
            .getMessage());
  }
}
