package engram.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DiffCommandTest {
  @TempDir private Path folder;

  private record Said(int exit, String out, String err) {}

  private static Said diff(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(new DiffCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Said(exit, out.toString(), err.toString());
  }

  /** A folder with a row for each pair of a name and the time of its first process. */
  private Path bench(String name, String jdk, int forks, Object... rows) throws IOException {
    Path made = Files.createDirectory(folder.resolve(name));
    Files.writeString(
        made.resolve("bench.csv"),
        "# machine   a processor\n# JDK       " + jdk + "\n# species   float32 x 8\nname\n");
    List<String> lines = new ArrayList<>(List.of("name,device,threads,fork,iterations,median_us"));
    for (int i = 0; i < rows.length; i += 2) {
      for (int fork = 0; fork < forks; fork++) {
        // 0, 1, 2, 3 % and again: processes are never quite alike.
        double time = (double) rows[i + 1] * (1 + 0.01 * (fork % 4));
        lines.add("%s,vector,2,%d,5,%s".formatted(rows[i], fork + 1, time));
      }
    }
    Files.write(made.resolve("forks.csv"), lines);
    return made;
  }

  @Test
  void eachRowIsFasterSlowerOrUndecidedAndRowsOfOneSideAreNamed() throws IOException {
    Path a =
        bench(
            "a",
            "25",
            12,
            "conv2d/net-0",
            1800.0,
            "matmul/net-1",
            50.0,
            "relu/0",
            3.0,
            "exp/0",
            1.0);
    Path b =
        bench(
            "b",
            "25",
            12,
            "conv2d/net-0",
            1980.0,
            "matmul/net-1",
            45.0,
            "relu/0",
            3.0,
            "log/0",
            1.0);
    Said said = diff(a.toString(), b.toString());
    assertEquals(0, said.exit(), said.err());
    String text = said.out();
    assertTrue(text.contains("conv2d/net-0  1.83 ms   2.01 ms   slower     +10.0 %  +8."), text);
    assertTrue(text.contains("matmul/net-1  50.75 µs  45.68 µs  faster     -10.0 %"), text);
    assertTrue(text.contains("relu/0        3.05 µs   3.05 µs   undecided  +0.0 %"), text);
    assertTrue(
        text.contains("only in A: exp/0 on vector x2\nonly in B: log/0 on vector x2\n"), text);
    assertTrue(text.endsWith("1 faster, 1 slower, 1 undecided\n"), text);
    text.lines().forEach(line -> assertTrue(line.length() <= 80, line));
  }

  @Test
  void anotherJavaAndTooFewProcessesAreSaid() throws IOException {
    Path a = bench("a", "25", 3, "relu/0", 3.0);
    Path b = bench("b", "26", 3, "relu/0", 6.0);
    String text = diff(a.toString(), b.toString()).out();
    assertTrue(text.contains("JDK differs: A 25; B 26"), text);
    assertTrue(text.contains("1 row cannot be called: too few processes, 3 and 3 in relu/0"), text);
    assertTrue(text.endsWith("0 faster, 0 slower, 1 undecided\n"), text);
  }

  @Test
  void rowsAreWrittenAsCsvAndNothingIsOverwritten() throws IOException {
    Path a = bench("a", "25", 12, "relu/0", 3.0);
    Path b = bench("b", "25", 12, "relu/0", 6.0);
    Path csv = folder.resolve("diff.csv");
    String[] call = {a.toString(), b.toString(), "--csv", csv.toString()};
    assertEquals(0, diff(call).exit());
    List<String> lines = Files.readAllLines(csv);
    assertTrue(
        lines.getLast().startsWith("relu/0,vector,2,12,12,3.0450,6.0900,slower,100.00,"),
        lines::toString);
    Said again = diff(call);
    assertEquals(2, again.exit());
    assertTrue(again.err().contains("is there already: nothing is overwritten"), again.err());
  }

  @Test
  void whatIsNoFolderOfABenchIsSaidInOneLine() throws IOException {
    Path a = bench("a", "25", 12, "relu/0", 3.0);
    Files.delete(a.resolve("forks.csv"));
    IOException old = assertThrows(IOException.class, () -> BenchFolder.read(a));
    assertTrue(text(old).contains("forks.csv is missing: this folder is of an older"), text(old));
    Files.writeString(
        a.resolve("forks.csv"), "name,device,threads,fork,iterations,median_us\nx,y,1,1,5,-3\n");
    IOException wrong = assertThrows(IOException.class, () -> BenchFolder.read(a));
    assertTrue(text(wrong).contains("forks.csv, line 2: median_us is -3.0, expected"), text(wrong));
    IOException none =
        assertThrows(IOException.class, () -> BenchFolder.read(folder.resolve("none")));
    assertTrue(text(none).endsWith("none is no folder of  engram bench"), text(none));
  }

  private static String text(IOException e) {
    return String.valueOf(e.getMessage());
  }
}
