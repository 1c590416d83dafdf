package engram.bench.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SweepPlanTest {
  private static List<String> labels(String plan) throws IOException {
    return SweepPlan.parse("plan.yaml", plan).units().stream().map(SweepUnit::label).toList();
  }

  private static String error(String plan) {
    IOException error =
        assertThrows(IOException.class, () -> SweepPlan.parse("plan.yaml", plan), plan);
    return String.valueOf(error.getMessage());
  }

  private static String onlyHash(String plan) throws IOException {
    List<SweepUnit> units = SweepPlan.parse("plan.yaml", plan).units();
    assertEquals(1, units.size());
    return units.getFirst().hash();
  }

  @Test
  void eachStrategyWithEachSeedInEachSettingIsAUnit() throws IOException {
    assertEquals(
        List.of(
            "er  seed 1  buffer 20  lr 0.1",
            "er  seed 2  buffer 20  lr 0.1",
            "joint  seed 1  buffer 20  lr 0.1",
            "joint  seed 2  buffer 20  lr 0.1",
            "er  seed 1  buffer 20  lr 0.2",
            "er  seed 2  buffer 20  lr 0.2",
            "joint  seed 1  buffer 20  lr 0.2",
            "joint  seed 2  buffer 20  lr 0.2"),
        labels(
            """
            base:
              data: digits
              strategies: [er, joint]
            grid:
              buffer: [20]
              lr: [0.1, 0.2]
            seeds: 2
            """));
  }

  @Test
  void strategiesMayStandInTheGrid() throws IOException {
    assertEquals(
        List.of("er  seed 1  buffer 9", "icarl  seed 1  buffer 9", "joint  seed 1  buffer 9"),
        labels("grid: {strategies: [er, [icarl, joint]], buffer: [9]}"));
  }

  @Test
  void whatComesToTheSameIsOneUnit() throws IOException {
    assertEquals(
        List.of("er  seed 1  preset default"),
        labels("{base: {strategies: er}, grid: {preset: [default, DEFAULT]}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3         | 1 2 3",
        "2..4      | 2 3 4",
        "'-1 .. 1' | -1 0 1",
        "[5, 1]    | 5 1",
        "[9223372036854775806] | 9223372036854775806",
      })
  void seedsAreACountARangeOrAList(String written, String expected) throws IOException {
    String plan = "base: {strategies: er}\nseeds: " + written;
    assertEquals(
        expected,
        SweepPlan.parse("plan.yaml", plan).units().stream()
            .map(unit -> String.valueOf(unit.seed()))
            .collect(Collectors.joining(" ")));
  }

  @Test
  void aHashIsOfWhatDecidesResultsAlone() throws IOException {
    String usual = onlyHash("{base: {strategies: er, buffer: 50, lr: 0.01}, seeds: [3]}");
    assertTrue(usual.matches("[0-9a-f]{12}"), usual);
    for (String same :
        List.of(
            "{seeds: 3..3, base: {lr: 1e-2, buffer: 50, strategies: [er]}}",
            "{base: {strategies: er, buffer: 50, threads: 3}, grid: {lr: [0.01]}, seeds: [3]}",
            "{base: {strategies: er, buffer: 50, lr: 0.01, epochs: 2, model: simple}, seeds:"
                + " [3]}")) {
      assertEquals(usual, onlyHash(same), same);
    }
    for (String other :
        List.of(
            "{base: {strategies: er, buffer: 51, lr: 0.01}, seeds: [3]}",
            "{base: {strategies: er, buffer: 50, lr: 0.01}, seeds: [4]}",
            "{base: {strategies: joint, buffer: 50, lr: 0.01}, seeds: [3]}",
            "{base: {strategies: er, buffer: 50, lr: 0.01, device: plain}, seeds: [3]}",
            "{base: {strategies: er, buffer: 50, lr: 0.01, data: digits}, seeds: [3]}",
            "{base: {strategies: er, buffer: 50, lr: 0.01, no-fusion: true}, seeds: [3]}")) {
      assertNotEquals(usual, onlyHash(other), other);
    }
  }

  @Test
  void aHashIsThatOfTheVersionWhoseResultsAreTheSame() throws IOException {
    var options = new java.util.TreeMap<>(java.util.Map.of("buffer", "50"));
    assertEquals(new UnitHash("1.2", "").of(options), new UnitHash("1.9.4", "").of(options));
    assertNotEquals(new UnitHash("1.2", "").of(options), new UnitHash("2.0", "").of(options));
    assertNotEquals(new UnitHash("0.1", "").of(options), new UnitHash("0.2", "").of(options));
  }

  @Test
  void aPlugInCountsByWhatIsInIt(@TempDir Path folder) throws IOException {
    Path one = Files.writeString(folder.resolve("A.java"), "1");
    Path copy =
        Files.writeString(Files.createDirectory(folder.resolve("b")).resolve("A.java"), "1");
    Path other =
        Files.writeString(Files.createDirectory(folder.resolve("c")).resolve("A.java"), "2");
    var options = new java.util.TreeMap<>(java.util.Map.of("plugins", "A.java"));
    String hash = new UnitHash("1.0", one.toString()).of(options);
    assertEquals(hash, new UnitHash("1.0", copy.toString()).of(options));
    assertNotEquals(hash, new UnitHash("1.0", other.toString()).of(options));
  }

  @Test
  void aUnitIsFoundByItsHashInTheSameText() throws IOException {
    String text = "{base: {strategies: er}, grid: {buffer: [1, 2]}, seeds: 2}";
    for (SweepUnit unit : SweepPlan.parse("here", text).units()) {
      assertEquals(unit, SweepPlan.parse("there", text).unit(unit.hash()));
    }
    Set<String> hashes =
        SweepPlan.parse("here", text).units().stream()
            .map(SweepUnit::hash)
            .collect(Collectors.toSet());
    assertEquals(4, hashes.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "bas: {buffer: 3} | line 1: there is no part of a plan \"bas\", perhaps base",
        "buffer: 3 | line 1: buffer is an option of run: put it below  base:",
        "seeds: 3 | line 1: a plan says what to run below  base:",
        "base:;  bufer: 3 | line 2: there is no option \"bufer\", perhaps buffer;",
        "base:;  buffer: 3;  epochs: 0 | line 3: epochs is 0, expected 1 or more",
        "base:;  buffer: | line 2: buffer has no value",
        "base: 3 | line 1: base: expected options below it",
        "grid:;  lr:;  - 0.1;  - fast | line 4: lr is \"fast\", expected a number",
        "grid:;  lr: 0.1 | line 2: lr: expected a list of values, such as [200, 500]",
        "grid:;  lr: [0.1, 0.1] | line 2: lr: 0.1 is given twice",
        "grid:;  threads: [1, 2] | line 2: threads decides no result",
        "grid:;  lr: [0.1];base:;  lr: 0.2 | line 2: lr stands below  base:  , too",
        "base:;  seed: 3 | line 2: seed: seeds stand beside  base:",
        "base:;  out: x | line 2: out is no part of a plan",
        "base: {lr: 1};seeds: x | line 2: seeds is \"x\", expected how many",
        "base: {lr: 1};seeds: 0 | line 2: seeds is 0, expected how many, 1 to 100000",
        "base: {lr: 1};seeds: [1, 1] | line 2: seeds: 1 is given twice",
        "base: {lr: 1};seeds: 9..1 | line 2: seeds is 9..1, expected the smaller one first",
        "base:;  buffer: 3;  strategies: err;  lr: 1 | line 3: there is no strategy \"err\","
            + " perhaps er",
        "base:;  momentum: 0.9;  lr: 0.1 | line 2: momentum is 0.9, expected 0 with optimizer adam",
        "base:;  data: digit;  lr: 0.1 | line 2: ",
        "base:;  device: vektor;  lr: 0.1 | line 2: there is no device \"vektor\"",
      })
  void whatIsWrongIsSaidWithItsLine(String plan, String message) {
    String error = error(plan.replace(";", "\n"));
    assertTrue(error.startsWith("plan.yaml, " + message), error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "- a", "base: [", "3"})
  void whatIsNoPlanIsNamed(String text) {
    assertTrue(error(text).startsWith("plan.yaml"), error(text));
  }

  @Test
  void aPlanOfTooManyUnitsIsRefusedBeforeTheyAreMade() {
    String axis = ": [0.001, 0.002, 0.003, 0.004, 0.005, 0.006, 0.007, 0.008, 0.009, 0.01]\n";
    assertEquals(
        "plan.yaml: it has more than 100000 units: shorten the lists below  grid:",
        error("grid:\n  lr" + axis + "  alpha" + axis + "  temperature" + axis + "seeds: 101"));
  }
}
