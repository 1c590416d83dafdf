package engram.bench.subject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.bench.look.CompareCommand;
import engram.bench.look.ExplainCommand;
import engram.bench.look.GraphCommand;
import engram.bench.look.SummaryCommand;
import engram.bench.speed.BenchCommand;
import engram.nn.model.Models;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What looks at a step or times one takes any network and any images. */
class SubjectTest {
  @TempDir private Path folder;
  private String data = "";
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeData() throws IOException {
    data = TinyMnist.write(folder, 3, 1);
  }

  private int run(Object command, String... arguments) {
    return new CommandLine(command)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private int mlp(Object command, String... others) {
    List<String> arguments =
        new ArrayList<>(List.of("--network", "mlp 8 1", "--data", data, "--batch", "4"));
    arguments.addAll(List.of(others));
    return run(command, arguments.toArray(String[]::new));
  }

  @Test
  void graphShowsTheNetworkOnTheShapeOfTheImages() {
    assertEquals(0, mlp(new GraphCommand()), err::toString);
    assertTrue(out.toString().contains("flatten#9 [4, 120]"), out::toString);
    assertTrue(out.toString().contains("fc.weight#"), out::toString);
  }

  @Test
  void compareRunsTheStepOnImagesOfTheData() {
    assertEquals(0, mlp(new CompareCommand(), "reference", "plain"), err::toString);
    assertTrue(out.toString().contains("none differs by more than"), out::toString);
  }

  /** Before anything is read or computed, with the option's name and as wrong usage. */
  @ParameterizedTest
  @CsvSource({
    "--batch, 0, 16384",
    "--batch, -1, 16384",
    "--batch, 2147483647, 16384",
    "--classes, 1, 100000",
    "--classes, 2147483647, 100000"
  })
  void sizesThatCannotBeAreWrongUsage(String option, String value, String most) {
    for (Object command :
        List.of(
            new GraphCommand(),
            new ExplainCommand(),
            new CompareCommand(),
            new SummaryCommand(),
            new BenchCommand())) {
      err.getBuffer().setLength(0);
      String[] arguments =
          command instanceof BenchCommand
              ? new String[] {"--step", option, value}
              : new String[] {option, value};
      assertEquals(2, run(command, arguments), err::toString);
      String said = "%s is %s, expected ".formatted(option, value);
      assertTrue(
          err.toString().contains(said) && err.toString().contains(" to " + most), err::toString);
    }
  }

  @Test
  void explainHasARowForEachNode() {
    assertEquals(0, mlp(new ExplainCommand(), "--device=plain", "--runs=1"), err::toString);
    assertTrue(out.toString().contains("[4,120] [8,120] [8] -> [4,8]"), out::toString);
  }

  @Test
  void benchTimesTrainingAndInference() {
    String[] briefly = {"--device=plain", "--seconds=0.01", "--threads=1"};
    assertEquals(0, mlp(new BenchCommand(), add("--step", briefly)), err::toString);
    assertEquals(0, mlp(new BenchCommand(), add("--inference", briefly)), err::toString);
    List<String> lines = out.toString().lines().toList();
    assertEquals(
        "training step, Adam, loss read every step: network mlp 8 1 on 12 x 10 x 1, 10"
            + " classes",
        lines.get(0) + " " + lines.get(1).strip());
    assertTrue(lines.getLast().startsWith("images/s "), lines.getLast());
  }

  private static String[] add(String first, String... others) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(others));
    return all.toArray(String[]::new);
  }

  @Test
  void summaryTellsShapesAndParameters() {
    assertEquals(0, mlp(new SummaryCommand()), err::toString);
    assertTrue(out.toString().startsWith("network mlp 8 1 on 12 x 10 x 1, 10 classes\n"));
    int parameters = 120 * 8 + 8 + 8 * 10 + 10;
    assertTrue(out.toString().contains(String.format("%,d", parameters)), out::toString);
    assertTrue(out.toString().contains("batch of 4 x [12, 10, 1]"), out::toString);
    assertTrue(out.toString().contains("\na training step with Adam holds "), out::toString);
  }

  /** No plan addresses so many values, but the layers are still shown. */
  @Test
  void summaryOfABatchThatIsTooLargeToTrainSaysSo() {
    String[] large = {"--network", "resnet18", "--batch", "16384"};
    assertEquals(0, run(new SummaryCommand(), large), err::toString);
    assertTrue(out.toString().contains("\nno training step: plan: the "), out::toString);
    assertTrue(out.toString().contains("\ntotal "), out::toString);
  }

  static List<String> names() {
    return Models.NAMES;
  }

  /** Without data a network is fitted to noise of the shape that signs have. */
  @ParameterizedTest
  @MethodSource("names")
  void eachNamedNetworkHasASummaryWithin80Columns(String name) {
    assertEquals(0, run(new SummaryCommand(), "--network", name), err::toString);
    assertTrue(out.toString().contains(" on 32 x 32 x 3, 43 classes\n"), out::toString);
    out.toString().lines().forEach(line -> assertTrue(line.length() <= 80, line));
    String summary = fromTheTable(out.toString());
    String text = summary.split("text: ", 2)[1].replaceAll("\\s+", " ").strip();
    out.getBuffer().setLength(0);
    assertEquals(0, run(new SummaryCommand(), "--network", text), err::toString);
    assertEquals(summary, fromTheTable(out.toString()), "the text is the network's");
  }

  /** Without the title, which names the network as it was asked for. */
  private static String fromTheTable(String summary) {
    return summary.substring(summary.indexOf("\nlayer ") + 1);
  }

  @Test
  void imagesOfOtherShapeAreFittedBySideAndPad() {
    assertEquals(0, mlp(new SummaryCommand(), "--side", "6", "--pad", "1"), err::toString);
    assertTrue(out.toString().contains(" on 8 x 8 x 1,"), out::toString);
  }

  @Test
  void aClassOfOnesOwnIsANetworkToo() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("Own.java"),
            """
            import engram.nn.*;
            import engram.nn.layer.*;
            import engram.tensor.Shape;

            public class Own implements NetworkFactory {
              public Sequential create(Shape input, int classes) {
                return Sequential.of(input, new Flatten(), new Linear(input.elements(), classes));
              }
            }
            """);
    assertEquals(0, run(new SummaryCommand(), "--network", file.toString(), "--data", data));
    assertTrue(out.toString().startsWith("network Own on 12 x 10 x 1, 10 classes\n"));
  }

  @Test
  void wrongUsageIsToldBeforeAnythingRuns() {
    assertEquals(2, run(new GraphCommand(), "--network", "mpl"));
    assertTrue(err.toString().startsWith("there is no network \"mpl\""), err::toString);
    err.getBuffer().setLength(0);
    assertEquals(2, mlp(new CompareCommand(), "--classes", "9"));
    assertTrue(
        err.toString().startsWith("--classes is 9, and the data have 10: leave it out"),
        err::toString);
    err.getBuffer().setLength(0);
    assertEquals(2, run(new ExplainCommand(), "--batch", "0"));
    assertTrue(err.toString().startsWith("--batch is 0, expected 1 to 16384"), err::toString);
    assertFalse(out.toString().contains("node"), out::toString);
  }

  @Test
  void aNetworkThatDoesNotFitTheImagesSaysWhere() throws IOException {
    Path small = Files.createDirectory(folder.resolve("small"));
    TinyMnist.write(small, 1, 1);
    assertEquals(
        2,
        run(
            new SummaryCommand(),
            "--network",
            "simple",
            "--data",
            "mnist:" + small,
            "--side",
            "2"));
    assertTrue(
        err.toString().startsWith("network simple on examples of [2, 2, 1]: layer \""),
        err::toString);
  }

  @Test
  void helpHasExamplesAndFits80Columns() {
    String help = new CommandLine(new SummaryCommand()).getUsageMessage(CommandLine.Help.Ansi.OFF);
    assertTrue(help.contains("Examples:"), help);
    assertTrue(help.contains("--network=NETWORK"), help);
    help.lines().forEach(line -> assertTrue(line.length() <= 80, line));
  }
}
