package engram.bench.verified;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.bench.record.RunFiles;
import engram.bench.report.ToyRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ProtocolsCommandTest {
  @TempDir private Path runs;

  @BeforeEach
  void oneRunBetweenTwoThatAreNone() throws IOException {
    Files.createDirectory(runs.resolve("a-empty"));
    Path run = runs.resolve("b-run");
    new ToyRun(run, 200, 1).learnt("fine-tune", 1, 9, 0, 9);
    Files.writeString(
        run.resolve(RunFiles.CONFIG), "protocol: hsu-mnist-class\n", StandardOpenOption.APPEND);
    Files.writeString(runs.resolve("c-notes.txt"), "x");
  }

  private record Said(int exit, String out, String err) {}

  private Said table(String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> folders =
        Stream.of("a-empty", "b-run", "c-notes.txt").map(n -> runs.resolve(n).toString()).toList();
    int exit =
        new CommandLine(new ProtocolsCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(
                Stream.of(Stream.of("--table"), folders.stream(), Stream.of(more))
                    .flatMap(s -> s)
                    .toArray(String[]::new));
    return new Said(exit, out.toString(), err.toString());
  }

  @Test
  void foldersWithoutAFinishedTaskAreListedAndTheOthersCount() {
    Said said = table();
    assertEquals(0, said.exit, said.err);
    assertTrue(said.out.contains("| `fine-tune` | "), said.out);
    String end = said.out.substring(said.out.indexOf("## Not counted"));
    assertEquals(
        """
        ## Not counted

        - a-empty holds no task that was done: no report/tasks.csv there
        - c-notes.txt: this is no folder
        """,
        end);
  }

  @Test
  void theScreenSaysWhatTheFileLeavesOut() throws IOException {
    Path page = runs.resolve("page.md");
    Said said = table("--out", page.toString());
    assertEquals(0, said.exit, said.err);
    assertTrue(Files.readString(page).contains("- a-empty holds no task"));
    assertEquals(
        List.of(
            "table " + page,
            "not counted: %s holds no task that was done: no report/tasks.csv there"
                .formatted(runs.resolve("a-empty")),
            "not counted: %s: this is no folder".formatted(runs.resolve("c-notes.txt"))),
        said.out.lines().toList());
  }

  @Test
  void aFolderThatIsNotThereIsWrongUsage() {
    Said said = table(runs.resolve("run9").toString());
    assertEquals(2, said.exit);
    assertTrue(said.err.startsWith("--table " + runs.resolve("run9") + ": there is no"), said.err);
  }
}
