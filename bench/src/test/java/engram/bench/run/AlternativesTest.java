package engram.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import engram.bench.file.ConfigFile;
import engram.cl.memory.Capacity;
import engram.cl.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Epochs or iterations; images in all, for each class or for each task: one of each counts. */
class AlternativesTest {
  /** It says 2,000 iterations and a memory of 2,000 images. */
  private static final String PROTOCOL = "v19-mnist-icarl";

  @TempDir private Path folder;

  private static RunConfig config(CommandLine command, String... arguments) {
    command.parseArgs(arguments);
    return RunConfig.of(RunOptions.given(command));
  }

  private static RunConfig parse(String... arguments) {
    return config(new CommandLine(new RunCommand()), arguments);
  }

  /** The same with the config file that a run of {@code ofFile} writes. */
  private RunConfig read(RunConfig ofFile, String... arguments) throws IOException {
    Path file = folder.resolve("config.yaml");
    try (OutputStream out = Files.newOutputStream(file)) {
      ConfigFile.write("a run", ofFile.toMap(), out);
    }
    CommandLine command = new CommandLine(new RunCommand());
    command.setDefaultValueProvider(ConfigDefaults.read(file, command));
    return config(command, arguments);
  }

  private static List<Integer> length(RunConfig config) {
    Settings.Training training = config.settings().training();
    return List.of(training.epochs(), training.iterations());
  }

  private static Capacity memory(RunConfig config) {
    return config.settings().rehearsal().capacity();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--epochs=3 --iterations=2000|--epochs 3 beside --iterations 2000: both say how long a task"
            + " is trained, give one of them",
        "--buffer=9 --buffer-per-task=7|--buffer 9 beside --buffer-per-task 7: both say how much"
            + " the memory holds, give one of them"
      })
  void aCommandLineSaysOneOfThem(String line, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> parse(line.split(" "))).getMessage());
  }

  @Test
  void zeroSaysThatTheOtherCounts() {
    assertEquals(List.of(3, 0), length(parse("--epochs=3", "--iterations=0")));
    assertEquals(Capacity.perClass(7), memory(parse("--buffer=0", "--buffer-per-class=7")));
  }

  @Test
  void whatIsGivenPutsAsideWhatAProtocolSaysOtherwise() {
    RunConfig epochs = parse("--protocol", PROTOCOL, "--data", "mnist:x", "--epochs=3");
    assertEquals(List.of(3, 0), length(epochs));
    assertEquals(
        List.of("epochs: 3, not 2", "iterations: 0, not 2000"),
        epochs.protocol().orElseThrow().deviations(epochs.texts()));
    RunConfig perClass = parse("--protocol", PROTOCOL, "--data", "mnist:x", "--buffer-per-class=7");
    assertEquals(Capacity.perClass(7), memory(perClass));
    assertEquals(2000, perClass.settings().training().iterations());
  }

  @Test
  void whatIsGivenPutsAsideWhatAConfigFileSaysOtherwise() throws IOException {
    RunConfig file = parse("--iterations=2000", "--buffer-per-class=7");
    assertEquals(file.toMap(), read(file).toMap(), "a config file has both, and is the same run");
    assertEquals(List.of(3, 0), length(read(file, "--epochs=3")));
    assertEquals(Capacity.total(9), memory(read(file, "--buffer=9")));
    assertEquals(500, read(parse("--epochs=3"), "--iterations=500").toMap().get("iterations"));
  }

  @Test
  void aProtocolOnTheCommandLinePutsAsideWhatAConfigFileSaysOtherwise() throws IOException {
    RunConfig file = parse("--iterations=77", "--buffer-per-class=7");
    RunConfig run = read(file, "--protocol", "hsu-mnist-class", "--data=mnist:x");
    assertEquals(List.of(4, 0), length(run));
    RunConfig other = read(file, "--protocol", PROTOCOL, "--data=mnist:x");
    assertEquals(2000, other.settings().training().iterations());
    assertEquals(Capacity.total(2000), memory(other));
  }
}
