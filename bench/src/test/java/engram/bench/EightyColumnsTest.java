package engram.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import engram.bench.console.Lines;
import engram.bench.subject.TinyMnist;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every plain output fits a screen of 80 columns, however long the names in it are. */
class EightyColumnsTest {
  private static final String LONG_NAME =
      "lwf_lambda=1_over=met_weights=share_kd=met_mean=classes_temperature=2_squared=0";

  /** A block within a block: layers have names such as {@code residual1.residual2.conv3.weight}. */
  private static final String DEEP =
      "conv 4 3 pad 1, residual(conv 4 3 pad 1, bn, relu), pool 4, flatten, linear 11, relu,"
          + " linear 12, relu, linear 13, relu, linear 14, relu";

  @TempDir private static Path folder;
  private static String data = "";

  @BeforeAll
  static void writeData() throws IOException {
    data = TinyMnist.write(folder, 5, 2);
  }

  private static void assertFits(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Engram.execute(
            Engram.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)),
            arguments);
    assertEquals(0, exit, err::toString);
    List<String> wide = out.toString().lines().filter(line -> line.length() > Lines.WIDTH).toList();
    assertEquals(List.of(), wide);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "strategies",
        "protocols",
        "protocols hsu-mnist-task",
        "devices --no-measure",
        "--help",
        "run --help",
        "bench --help",
        "summary --network bn-deep",
        "graph",
        "graph --network bn-deep --no-fusion --kd"
      })
  void commandsWithoutData(String line) {
    assertFits(line.split(" "));
  }

  @Test
  void aDeepNetwork() {
    for (String command : List.of("summary", "graph")) {
      assertFits(command, "--network", DEEP, "--data", data);
    }
    assertFits("compare", "plain", "plain", "--batch=2", "--network", DEEP, "--data", data);
  }

  @Tag("slow")
  @Test
  void aDeepNetworkMeasured() {
    String[] all = {"--network", DEEP, "--data", data, "--batch=2"};
    for (List<String> command :
        List.of(List.of("explain", "--runs=1"), List.of("bench", "--step", "--seconds=0.1"))) {
      List<String> arguments = new ArrayList<>(command);
      arguments.addAll(List.of(all));
      assertFits(arguments.toArray(String[]::new));
    }
  }

  @Test
  void dataWithClassesOfAnyName() {
    assertFits("data", "inspect", data);
  }

  /** Ten tasks, intervals over two seeds, names longer than a line: header, progress, tables. */
  @Test
  void aRunOfManyTasksWithLongNames() {
    Path run = folder.resolve("run");
    assertFits(
        "run",
        "--data=" + data,
        "--network=" + DEEP,
        "--strategies=" + LONG_NAME + ",fine-tune,er,er_weights=tasks@random-tasks+nme",
        "--tasks=5",
        "--epochs=1",
        "--batch=10",
        "--buffer=10",
        "--seeds=2",
        "--device=plain",
        "--threads=1",
        "--out=" + run);
  }
}
