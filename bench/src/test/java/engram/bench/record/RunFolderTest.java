package engram.bench.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path temp;

  @Test
  void numbersGoOnFromTheHighestAndGapsStayGaps() throws IOException {
    Path runs = temp.resolve("runs");
    assertEquals(runs.resolve("run1"), RunFolder.next(runs).path());
    Files.createDirectory(runs.resolve("run9"));
    Files.createDirectory(runs.resolve("run07b"));
    Files.createFile(runs.resolve("run12")); // a file has taken the number too

    assertEquals(runs.resolve("run13"), RunFolder.next(runs).path());
    assertEquals(runs.resolve("run14"), RunFolder.next(runs).path());
  }

  @Test
  void namedFolderIsCreatedOrTakenWhenEmpty() throws IOException {
    Path out = temp.resolve("a/b");
    assertEquals(out, RunFolder.at(out, false).path());
    assertTrue(Files.isDirectory(out));
    assertEquals(out, RunFolder.at(out, false).path());
  }

  @Test
  void formerRunIsReplacedOnlyWhenAsked() throws IOException {
    RunFolder former = RunFolder.at(temp.resolve("out"), false);
    former.write("results.csv", out -> out.write('a'));
    former.write("checkpoints/er.safetensors", out -> out.write('b'));

    String message =
        assertThrows(IOException.class, () -> RunFolder.at(former.path(), false)).getMessage();
    assertTrue(message.endsWith("name another folder with --out, or replace it with --overwrite"));
    assertEquals("a", Files.readString(former.path().resolve("results.csv")));

    Files.writeString(former.path().resolve(".env.json.0123abcd.part"), "killed while writing");
    RunFolder.at(former.path(), true);
    assertEquals(List.of(), filesIn(former.path()));
  }

  @Test
  void whatNoRunWroteIsNeverDeleted() throws IOException {
    Path precious = Files.writeString(temp.resolve("thesis.tex"), "years");
    Files.writeString(temp.resolve("results.csv"), "old");

    String message = assertThrows(IOException.class, () -> RunFolder.at(temp, true)).getMessage();
    assertTrue(message.contains("files that no run wrote, such as thesis.tex"), message);
    assertEquals("years", Files.readString(precious));
    assertEquals("old", Files.readString(temp.resolve("results.csv")));
  }

  @Test
  void fileInPlaceOfAFolderIsNamed() throws IOException {
    Path file = Files.createFile(temp.resolve("runs"));

    String message = assertThrows(IOException.class, () -> RunFolder.next(file)).getMessage();
    assertEquals(file + " is a file, a folder is needed there", message);
  }

  @Test
  void interruptedWriteLeavesTheFormerFileWhole() throws IOException {
    RunFolder folder = RunFolder.at(temp, false);
    folder.write("results.csv", out -> out.write("whole".getBytes(UTF_8)));

    String message =
        assertThrows(
                IOException.class,
                () ->
                    folder.write(
                        "results.csv",
                        out -> {
                          out.write("ha".getBytes(UTF_8));
                          throw new IOException("No space left on device");
                        }))
            .getMessage();
    assertEquals(
        "cannot write " + temp.resolve("results.csv") + ": No space left on device", message);
    assertEquals("whole", Files.readString(temp.resolve("results.csv")));
    assertEquals(List.of("results.csv"), filesIn(temp));
  }

  @Test
  void writeReplacesTheFormerFile() throws IOException {
    RunFolder folder = RunFolder.at(temp, false);
    folder.write("env.json", out -> out.write("a long one".getBytes(UTF_8)));
    folder.write("env.json", out -> out.write("short".getBytes(UTF_8)));

    assertEquals("short", Files.readString(temp.resolve("env.json")));
    assertEquals(List.of("env.json"), filesIn(temp));
  }

  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).map(f -> folder.relativize(f).toString()).toList();
    }
  }
}
