package engram.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.bench.record.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real data take minutes to read: what can be refused without them is. Here there are none, so that
 * a command that read them first would speak of them.
 */
class EarlyRefusalTest {
  @TempDir private Path folder;

  private String error(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.add("--data=mnist:" + folder.resolve("missing"));
    arguments.addAll(List.of(more));
    StringWriter err = new StringWriter();
    int exit =
        Engram.execute(
            Engram.commandLine().setErr(new PrintWriter(err)), arguments.toArray(String[]::new));
    assertTrue(exit == 1 || exit == 2, err::toString);
    return err.toString().lines().findFirst().orElse("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "tune --strategies=er --grid=lr=1,2"})
  void aFolderInWhichAnotherRunWrites(String command) throws IOException {
    Path out = folder.resolve("out");
    try (RunFolder _ = RunFolder.at(out, false)) {
      String error = error(command, "--out=" + out);
      assertTrue(error.startsWith("engram: %s is in use by process ".formatted(out)), error);
    }
  }

  @Test
  void aFolderThatHoldsSomethingElse() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.writeString(out.resolve("thesis.tex"), "years");
    String error = error("run", "--out=" + out, "--overwrite");
    assertTrue(error.contains("holds files that no run wrote, such as thesis.tex"), error);
  }

  @Test
  void aFolderThatHoldsAFormerRunWhichIsThereYetWhenTheDataAreNot() throws IOException {
    Path results = Files.createDirectory(folder.resolve("out")).resolve("results.csv");
    Files.writeString(results, "days");
    assertTrue(error("run", "--out=" + results.getParent()).contains("holds a former run"));
    assertTrue(error("run", "--out=" + results.getParent(), "--overwrite").contains("missing"));
    assertEquals("days", Files.readString(results));
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "tune --strategies=er --grid=lr=1,2"})
  void aFolderThatCannotBeMade(String command) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    String error = error(command, "--out=" + file.resolve("out"));
    assertEquals("engram: %s is a file, a folder is needed there".formatted(file), error);
  }

  /** None has so many. */
  @ParameterizedTest
  @ValueSource(strings = {"run", "tune --strategies=er --grid=lr=1,2", "bench --step"})
  void aDeviceThatThereIsNot(String command) {
    String error = error(command, "--device=opencl:9999.9999");
    assertTrue(error.toLowerCase(Locale.ROOT).contains("opencl"), error);
  }
}
