package engram.bench.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.base.FolderLock;
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
    try (RunFolder created = RunFolder.at(out, false)) {
      assertEquals(out, created.path());
    }
    try (RunFolder taken = RunFolder.at(out, false)) {
      assertEquals(out, taken.path());
    }
  }

  @Test
  void whatARunLeavesThatWasKilledBeforeItBeganIsInNobodysWay() throws IOException {
    RunFolder former = RunFolder.at(temp.resolve("out"), false);
    former.close();
    former.write("card.yaml", out -> out.write('a'));
    former.write("env.json", out -> out.write('b'));
    Files.createFile(former.path().resolve(".config.yaml.0123abcd.part"));

    RunFolder.require(former.path(), false);
    RunFolder.at(former.path(), false).close();
    assertEquals(List.of(FolderLock.NAME), filesIn(former.path()));
  }

  @Test
  void formerRunIsReplacedOnlyWhenAsked() throws IOException {
    RunFolder former = RunFolder.at(temp.resolve("out"), false);
    former.close();
    former.write("results.csv", out -> out.write('a'));
    former.write("checkpoints/er.safetensors", out -> out.write('b'));

    String message =
        assertThrows(IOException.class, () -> RunFolder.at(former.path(), false)).getMessage();
    assertTrue(message.endsWith("name another folder with --out, or replace it with --overwrite"));
    assertEquals("a", Files.readString(former.path().resolve("results.csv")));

    RunFolder.at(former.path(), true).close();
    assertEquals(List.of(FolderLock.NAME), filesIn(former.path()));
  }

  @Test
  void whatAKilledRunLeftOfAFileBlocksNothing() throws IOException {
    for (String part :
        List.of(
            ".env.json.0123abcd.part",
            "results.csv.4711.part", // as older versions named them
            "checkpoints/.er_seed1.safetensors.0123abcd.part",
            "report/er_seed1/confusion.csv.4711.part")) {
      Path file = temp.resolve(part);
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, "half");
    }
    RunFolder.at(temp, true).close();
    assertEquals(List.of(FolderLock.NAME), filesIn(temp));
  }

  @Test
  void whatSystemsLeaveInFoldersBlocksNothingAndStays() throws IOException {
    List<String> litter =
        List.of(".DS_Store", "._results.csv", ".directory", "Thumbs.db", "desktop.ini", "Icon\r");
    for (String name : litter) {
      Files.writeString(temp.resolve(name), "a system's");
    }
    RunFolder first = RunFolder.at(temp, false); // as good as empty
    first.write("results.csv", "old");
    first.close();
    RunFolder.at(temp, true).close();
    for (String name : litter) {
      assertTrue(Files.exists(temp.resolve(name)), name);
    }
    assertFalse(Files.exists(temp.resolve("results.csv")));
  }

  @Test
  void aFolderInWhichARunWritesIsRefusedByTheNameOfItsOwner() throws IOException {
    try (RunFolder _ = RunFolder.at(temp, false)) {
      String message = assertThrows(IOException.class, () -> RunFolder.at(temp, true)).getMessage();
      String owner = temp + " is in use by process " + ProcessHandle.current().pid() + " on ";
      assertTrue(message.startsWith(owner), message);
      assertTrue(message.endsWith("wait until it ends, or name another folder with --out"));
    }
    RunFolder.at(temp, true).close();
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
    assertEquals(List.of(FolderLock.NAME, "results.csv"), filesIn(temp));
  }

  @Test
  void writeReplacesTheFormerFile() throws IOException {
    RunFolder folder = RunFolder.at(temp, false);
    folder.write("env.json", out -> out.write("a long one".getBytes(UTF_8)));
    folder.write("env.json", out -> out.write("short".getBytes(UTF_8)));

    assertEquals("short", Files.readString(temp.resolve("env.json")));
    assertEquals(List.of(FolderLock.NAME, "env.json"), filesIn(temp));
  }

  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile)
          .map(f -> folder.relativize(f).toString())
          .sorted()
          .toList();
    }
  }
}
