package engram.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.bench.sweep.OpenData;
import engram.bench.sweep.RunUnits;
import engram.bench.sweep.SweepPlan;
import engram.bench.sweep.SweepUnit;
import engram.bench.sweep.Sweeps;
import engram.bench.sweep.UnitRunner;
import engram.bench.track.Targets;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spark within the program: the driver is the executor, too. */
@Timeout(600)
class SparkSweepTest {
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
    Path plan = sweeps.plan("[fine-tune, er]", "grid: {lr: [0.1, 100000]}\n");
    Path here = temp.resolve("here");
    Sweeps.Result plain = Sweeps.sweep(plan, here, "--threads=1");
    assertEquals(0, plain.exit(), plain::toString);

    Sweeps.Result spark = Sweeps.sweep(plan, out, "--on=local[2]", "--to=" + out.toUri());
    assertEquals(0, spark.exit(), spark::toString);
    assertTrue(spark.printed().contains("4 units: 2 finished, 2 diverged"), spark::toString);
    assertTrue(spark.printed().contains("fine-tune  seed 1  lr 0.1  started on "), spark::toString);
    assertTrue(spark.printed().contains("er  seed 1  lr 0.1  accuracy "), spark::toString);
    assertTrue(Files.exists(out.resolve("report.html")));

    Map<Path, FileTime> before = times();
    Sweeps.Result again = Sweeps.sweep(plan, out, "--on=local[2]");
    assertEquals(0, again.exit(), again::toString);
    assertFalse(again.printed().contains("started"), again::toString);
    assertEquals(before, times());

    Sweeps.Result list = Sweeps.sweep(plan, out, "--list");
    assertTrue(list.printed().contains("2 finished, 2 diverged"), list::toString);
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
  void aUnitGoesOnFromItsState() throws IOException {
    Path plan = sweeps.plan("er", "");
    Path here = temp.resolve("here");
    assertEquals(0, Sweeps.sweep(plan, here, "--threads=1").exit());

    SweepUnit unit = SweepPlan.parse("plan.yaml", Files.readString(plan)).units().getFirst();
    Path folder = Files.createDirectories(out.resolve("units").resolve(unit.hash()));
    runOneTask(unit, folder);
    List<String> firstTask = Files.readAllLines(folder.resolve("metrics.csv"));
    assertEquals(2, firstTask.size(), "a header and an epoch");

    Sweeps.Result spark = Sweeps.sweep(plan, out, "--on=local[2]");
    assertEquals(0, spark.exit(), spark::toString);
    // With the time that it took then: it was not trained again.
    assertEquals(firstTask, Files.readAllLines(folder.resolve("metrics.csv")).subList(0, 2));
    Sweeps.assertSame(here, out);
  }

  /** As an executor that was stopped leaves the folder. */
  private static void runOneTask(SweepUnit unit, Path folder) throws IOException {
    StopRequest stop = new StopRequest();
    UnitRunner.Outcome outcome =
        new RunUnits(new OpenData(_ -> {}), Targets.NONE, _ -> {})
            .run(
                unit,
                folder,
                1,
                stop,
                event -> {
                  if (event instanceof RunEvent.TaskEvaluated) {
                    stop.make();
                  }
                });
    assertEquals(UnitRunner.Outcome.INTERRUPTED, outcome);
  }

  @Test
  void aUnitThatBreaksIsTriedThreeTimesAndEndsNoOther() throws IOException {
    Path plan = sweeps.plan("[%s, fine-tune]".formatted(sweeps.breaks()), "");
    Sweeps.Result result = Sweeps.sweep(plan, out, "--on=local[2]");
    assertEquals(1, result.exit(), result::toString);
    assertTrue(result.printed().contains("2 units: 1 finished, 1 broken"), result::toString);
    assertEquals(2, result.printed().split("failed, to be tried again: it breaks here").length - 1);
    assertEquals(1, result.printed().split("failed, for good: it breaks here").length - 1);
    assertFalse(result.toString().contains("\tat "), result::toString);

    Sweeps.Result again = Sweeps.sweep(plan, out, "--on=local[2]");
    assertEquals(1, again.exit());
    assertFalse(again.printed().contains("tried again"), again::toString);
    assertTrue(again.printed().contains("it breaks here"), again::toString);
  }

  @Test
  void whatCannotBeHadIsSaidInALine() throws IOException {
    Path plan = sweeps.plan("er", "");
    assertUsage(
        "--shard does not go with --on", Sweeps.sweep(plan, out, "--on=local", "--shard=1/2"));
    assertUsage("--to goes with --on", Sweeps.sweep(plan, out, "--to=hdfs:///sweep"));
  }

  private static void assertUsage(String message, Sweeps.Result result) {
    assertEquals(2, result.exit(), result::toString);
    assertTrue(result.errors().startsWith(message), result::toString);
  }
}
