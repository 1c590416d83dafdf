package engram.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spark within the program: the driver is the executor, too. */
@Timeout(600)
class SparkSweepTest {
  private static final String BREAKS =
      """
      import engram.cl.catalog.StrategyCatalog;
      import engram.cl.catalog.StrategyProvider;
      import engram.cl.state.State;
      import engram.cl.strategy.Strategy;
      import engram.cl.strategy.TaskEnd;

      public class Breaks implements StrategyProvider {
        public StrategyCatalog.Entry entry() {
          return StrategyCatalog.strategy("breaks", "no paper", c -> new Own())
              .does("breaks after its first task");
        }

        private static class Own implements Strategy {
          public void afterTask(TaskEnd end) {
            throw new IllegalStateException("it breaks here");
          }

          public void state(State state) {}
        }
      }
      """;

  @TempDir Path temp;
  private Sweeps sweeps = new Sweeps(Path.of(""), "");
  private Path out = Path.of("");

  @BeforeEach
  void makeImages() throws IOException {
    sweeps = Sweeps.in(temp);
    out = temp.resolve("spark");
  }

  @Test
  void unitsHaveTheBytesThatTheyHaveWithoutSparkAndNoneIsRunTwice() throws IOException {
    Path plan = sweeps.plan("[fine-tune, er]", 1);
    Path here = temp.resolve("here");
    Sweeps.Result plain = Sweeps.sweep(plan, here, "--threads=1");
    assertEquals(0, plain.exit(), plain.printed());

    Sweeps.Result spark = Sweeps.sweep(plan, out, "--on=local[2]");
    assertEquals(0, spark.exit(), spark.printed());
    assertTrue(spark.printed().contains("4 of 4 finished"), spark.printed());
    assertTrue(Files.exists(out.resolve("report.html")));

    Map<Path, FileTime> before = times();
    Sweeps.Result again = Sweeps.sweep(plan, out, "--on=local[2]");
    assertEquals(0, again.exit(), again.printed());
    assertFalse(again.printed().contains("finished in"), again.printed());
    assertEquals(before, times());

    Sweeps.Result list = Sweeps.sweep(plan, out, "--list");
    assertTrue(list.printed().contains("4 finished"), list.printed());
    Sweeps.assertSame(here, out);
  }

  private Map<Path, FileTime> times() throws IOException {
    Map<Path, FileTime> times = new HashMap<>();
    try (Stream<Path> tree = Files.walk(out.resolve("units"))) {
      for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
        times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  @Test
  void aUnitThatBreaksIsTriedThreeTimesAndEndsNoOther() throws IOException {
    Path source = Files.writeString(temp.resolve("Breaks.java"), BREAKS);
    Path plan = sweeps.plan("[%s, fine-tune]".formatted(source), 1);
    Sweeps.Result result = Sweeps.sweep(plan, out, "--on=local[2]");
    assertEquals(1, result.exit(), result.printed());
    assertTrue(result.printed().contains("2 of 4 finished, 2 broken"), result.printed());
    assertEquals(4, result.printed().split("failed, to be tried again: it breaks here").length - 1);
    assertEquals(2, result.printed().split("failed, for good: it breaks here").length - 1);
    assertFalse(result.printed().contains("\tat "), result.printed());

    Sweeps.Result again = Sweeps.sweep(plan, out, "--on=local[2]");
    assertEquals(1, again.exit());
    assertFalse(again.printed().contains("tried again"), again.printed());
    assertTrue(again.printed().contains("it breaks here"), again.printed());
    assertTrue(Sweeps.sweep(plan, out, "--list").printed().contains("2 finished, 2 broken"));
  }

  @Test
  void whatCannotBeHadIsSaidInALine() throws IOException {
    Path plan = sweeps.plan("er", 1);
    assertUsage(
        "--shard does not go with --on", Sweeps.sweep(plan, out, "--on=local", "--shard=1/2"));
    assertUsage("--to goes with --on", Sweeps.sweep(plan, out, "--to=hdfs:///sweep"));
  }

  private static void assertUsage(String message, Sweeps.Result result) {
    assertEquals(2, result.exit(), result.printed());
    assertTrue(result.printed().startsWith(message), result.printed());
  }
}
