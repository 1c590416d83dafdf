package engram.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that {@code EXPORT.md} begins with do what it says. */
@Tag("slow")
class ExportDocTest {
  @TempDir Path folder;

  @Test
  void theExampleIsRun() throws IOException {
    List<String> commands =
        Files.readAllLines(Path.of("EXPORT.md")).stream()
            .filter(line -> line.startsWith("    engram "))
            .map(line -> line.strip().replace("runs/er", folder.resolve("er").toString()))
            .toList();
    assertEquals(2, commands.size());
    for (String command : commands) {
      List<String> words = List.of(command.split(" "));
      String[] args = words.subList(1, words.size()).toArray(String[]::new);
      assertEquals(0, Engram.execute(Engram.commandLine(), args), command);
    }
    assertTrue(Files.size(folder.resolve("er/checkpoints/er_seed1.onnx")) > 100_000);
  }
}
