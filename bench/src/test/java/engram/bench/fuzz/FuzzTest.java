package engram.bench.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a file holds, its reader makes something of it or says in a line what is wrong, soon and
 * in little memory. 20 seconds over all readers; {@code mvn -Pfuzz verify} takes an hour, or as
 * long as {@code -Dfuzz.seconds=86400} says; {@code -Dfuzz.seed=2} gives other inputs, {@code
 * -Dfuzz.only=png} those of one reader, {@code -Dfuzz.round=7} those of its round 7 and later ones.
 * {@link FuzzRun} does the same on several processors, and counts.
 */
@Tag("slow")
@Tag("fuzz")
class FuzzTest {
  private static final String ONLY = System.getProperty("fuzz.only", "");
  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final long FIRST_ROUND = Long.getLong("fuzz.round", 0);

  @TempDir(factory = InMemory.class)
  private static Path folder;

  /** It takes as long as it is told; a reader that hangs ends by itself. */
  @Timeout(value = 365, unit = TimeUnit.DAYS)
  @TestFactory
  Stream<DynamicTest> readersAnswerAnything() throws IOException {
    List<FuzzTarget> targets =
        FuzzTargets.all(folder).stream().filter(target -> target.name().startsWith(ONLY)).toList();
    Duration each =
        Duration.ofMillis(1000 * Long.getLong("fuzz.seconds", 20) / Math.max(1, targets.size()));
    return targets.stream()
        .map(target -> DynamicTest.dynamicTest(target.name(), () -> fuzz(target, each)));
  }

  private static void fuzz(FuzzTarget target, Duration time) throws Exception {
    Fuzzer fuzzer = new Fuzzer(target, Path.of("target", "fuzz"));
    long end = System.nanoTime() + time.toNanos();
    long inputs = 0;
    long accepted = 0;
    for (long round = FIRST_ROUND; inputs == 0 || System.nanoTime() < end; round++) {
      Fuzzer.Outcome outcome = fuzzer.round(SEED, round, Duration.ofNanos(end - System.nanoTime()));
      inputs += outcome.inputs();
      accepted += outcome.accepted();
      assertEquals(Optional.empty(), outcome.fault());
      assertTrue(outcome.inputs() > 0, "no time for an input");
    }
    System.out.printf("fuzz %-28s %,10d inputs, %,d of them accepted%n", target, inputs, accepted);
  }
}
