package engram.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.bench.look.StrategiesCommand;
import engram.bench.report.ReportCommand;
import engram.bench.subject.TinyMnist;
import engram.bench.tune.TuneCommand;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A run whose images, network and strategy are a person's own: grey, an mlp, a source file. */
class OwnPartsTest {
  private static final String STRATEGY =
      """
      import engram.cl.catalog.StrategyCatalog;
      import engram.cl.catalog.StrategyProvider;
      import engram.cl.memory.MemoryBuffer;
      import engram.cl.strategy.Rehearsal;

      public class Mine implements StrategyProvider {
        public StrategyCatalog.Entry entry() {
          return StrategyCatalog.strategy("mine", "my paper", c -> new Own(c.memory(), c.number("share")))
              .does("what I think of")
              .keeps(StrategyCatalog.ANY, "my buffer", "2")
              .with("share=0.5")
              .caution("is mine.");
        }

        private static class Own extends Rehearsal {
          Own(MemoryBuffer memory, float share) {
            super(memory, share);
          }
        }
      }
      """;

  @TempDir private static Path folder;
  private static Path strategy = Path.of("");
  private static String data = "";
  private static Path first = Path.of("");
  private static String screen = "";
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void runOnce() throws IOException {
    strategy = Files.writeString(folder.resolve("Mine.java"), STRATEGY);
    data = TinyMnist.write(folder, 5, 2);
    first = folder.resolve("first");
    OwnPartsTest run = new OwnPartsTest();
    int exit =
        run.execute(
            new CommandLine(new RunCommand()),
            "--data=" + data,
            "--network=mlp 6 1",
            "--strategies=" + strategy + ",er," + strategy + "_share=1@ring",
            "--tasks=2",
            "--epochs=1",
            "--batch=10",
            "--buffer=10",
            "--device=plain",
            "--threads=1",
            "--out=" + first);
    assertEquals(0, exit, run.err::toString);
    screen = run.out.toString();
  }

  private int execute(CommandLine command, String... arguments) {
    out.getBuffer().setLength(0);
    return command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
  }

  @Test
  void allOfARunHasTheStrategyByItsName() throws IOException {
    String words = screen.replaceAll("\\s+", " ");
    assertTrue(words.contains("10 classes, 50 train, 20 test, 12 x 10 grey network"), screen);
    assertTrue(screen.contains("network      mlp 6 1, 796 parameters\n"), screen);
    assertTrue(screen.contains("mine is mine."), screen);
    String config = Files.readString(first.resolve("config.yaml"));
    assertTrue(config.contains("plugins: [" + strategy + "]\n"), config);
    assertTrue(config.contains("strategies: [mine, er, mine_share=1@ring]\n"), config);
    assertTrue(Files.readString(first.resolve("results.csv")).contains("\nmine_share=1@ring,"));
    assertTrue(Files.readString(first.resolve("summary.md")).contains("| my buffer |"));
    assertTrue(Files.readString(first.resolve("report.html")).contains("mine_share=1@ring"));
    assertTrue(Files.exists(first.resolve("confusion_mine.png")));
  }

  @Test
  void itsPicturesAreGreyAndAsHighAndWideAsTheImages() throws IOException {
    Path report = first.resolve("report");
    BufferedImage classes = ImageIO.read(report.resolve("classes.png").toFile());
    assertEquals(10 * TinyMnist.WIDTH, classes.getWidth());
    assertEquals(TinyMnist.HEIGHT, classes.getHeight());
    BufferedImage memory = ImageIO.read(report.resolve("er_seed1/memory_task2.jpg").toFile());
    assertEquals(10 * TinyMnist.WIDTH, memory.getWidth());
    BufferedImage filters = ImageIO.read(report.resolve("er_seed1/filters.png").toFile());
    assertEquals(6 * (TinyMnist.WIDTH + 1) - 1, filters.getWidth());
    assertEquals(TinyMnist.HEIGHT, filters.getHeight());
    for (BufferedImage picture : List.of(classes, filters)) {
      for (int y = 0; y < picture.getHeight(); y++) {
        for (int x = 0; x < picture.getWidth(); x++) {
          int rgb = picture.getRGB(x, y);
          assertEquals(rgb & 255, rgb >> 8 & 255);
          assertEquals(rgb & 255, rgb >> 16 & 255);
        }
      }
    }
  }

  @Test
  void aRunIsRepeatedFromItsConfigAndReportedBesideTheFirst() throws IOException {
    CommandLine again = new CommandLine(new RunCommand());
    Path config = first.resolve("config.yaml");
    again.setDefaultValueProvider(ConfigDefaults.read(config, again));
    Path second = folder.resolve("second");
    assertEquals(
        0, execute(again, "--config=" + config, "--seed=2", "--out=" + second), err::toString);
    assertTrue(Files.readString(second.resolve("results.csv")).contains("\nmine,2,"));
    Path page = folder.resolve("page.html");
    assertEquals(
        0,
        execute(
            new CommandLine(new ReportCommand()),
            first.toString(),
            second.toString(),
            "--out=" + page),
        err::toString);
    assertTrue(Files.readString(page).contains("mine"));
  }

  @Test
  void itIsListedAndItsHyperParametersAreSearched() throws IOException {
    assertEquals(
        0,
        execute(new CommandLine(new StrategiesCommand()), "--plugins=" + strategy),
        err::toString);
    String listed = out.toString().replaceAll("[ \\n]+", " ");
    assertTrue(listed.contains("mine my buffer 2 my paper what I think of"), listed);
    Path search = folder.resolve("search");
    assertEquals(
        0,
        execute(
            new CommandLine(new TuneCommand()),
            "--data=" + data,
            "--network=mlp 4 1",
            "--plugins=" + strategy,
            "--grid=strategies=mine_share=0.1,mine_share=1",
            "--epochs=1",
            "--first-tasks=2",
            "--device=plain",
            "--out=" + search),
        err::toString);
    String best = Files.readString(search.resolve("best.yaml"));
    assertTrue(best.contains("plugins: " + strategy), best);
    assertTrue(best.contains("strategies: mine_share="), best);
  }

  @Test
  void whatCannotBeUsedIsWrongUsageBeforeAnythingIsWritten() throws IOException {
    Path broken =
        Files.writeString(folder.resolve("Broken.java"), "public class Broken {\n  int x\n}\n");
    Path runs = folder.resolve("none");
    assertEquals(
        2,
        execute(
            new CommandLine(new RunCommand()), "--strategies=" + broken + ",er", "--out=" + runs));
    assertTrue(
        err.toString().startsWith(broken + ", line 2, column 8: ';' expected\nint x\n"),
        err::toString);
    err.getBuffer().setLength(0);
    assertEquals(
        2,
        execute(
            new CommandLine(new RunCommand()),
            "--data=" + data,
            "--network=bn",
            "--side=3",
            "--out=" + runs));
    assertTrue(err.toString().startsWith("network bn on examples of [3, 3, 1]: "), err::toString);
    assertFalse(Files.exists(runs));
  }
}
