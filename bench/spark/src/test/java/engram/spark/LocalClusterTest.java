package engram.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.bench.sweep.Sweeps;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A master and two workers, which start their executors as processes. */
@Tag("process")
@Timeout(900)
class LocalClusterTest {
  private static final String ON = "--on=local-cluster[2,1,1024]";
  private static final List<String> SETTINGS =
      List.of(
          "spark.executor.extraClassPath",
          "spark.executorEnv.JAVA_HOME",
          "spark.executorEnv.SPARK_SCALA_VERSION",
          "spark.executor.memory");

  @TempDir Path temp;

  @BeforeEach
  void configure() throws IOException {
    makeSparkHome(Path.of(System.getenv("SPARK_HOME")));
    System.setProperty("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    System.setProperty("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"));
    System.setProperty("spark.executorEnv.SPARK_SCALA_VERSION", "2.13");
    System.setProperty("spark.executor.memory", "768m");
  }

  @AfterEach
  void forget() {
    SETTINGS.forEach(System::clearProperty);
  }

  /** A worker starts executors with the jars there. */
  private static void makeSparkHome(Path home) throws IOException {
    Files.createDirectories(home.resolve("jars"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path jar = Path.of(entry);
      Path link = home.resolve("jars").resolve(jar.getFileName());
      if (entry.endsWith(".jar") && !Files.exists(link)) {
        Files.createSymbolicLink(link, jar.toAbsolutePath());
      }
    }
  }

  @Test
  void anExecutorThatIsKilledChangesNoByte() throws Exception {
    Path plan = Sweeps.in(temp).plan("er", "seeds: 2\n");
    Path here = temp.resolve("here");
    Path out = temp.resolve("spark");
    assertEquals(0, Sweeps.sweep(plan, here, "--threads=1").exit());

    CompletableFuture<Sweeps.Result> sweep =
        CompletableFuture.supplyAsync(() -> Sweeps.sweep(plan, out, ON));
    killAnExecutorAtWork(sweep);
    Sweeps.Result result = sweep.join();
    assertEquals(0, result.exit(), result::toString);
    assertTrue(result.printed().contains("  lost by Spark: ExecutorLostFailure"), result::toString);
    assertTrue(result.printed().contains("2 of 2 finished"), result::toString);
    Sweeps.assertSame(here, out);
  }

  /** One of the processes that the workers, in this process, have started. */
  private static void killAnExecutorAtWork(CompletableFuture<?> sweep) throws Exception {
    while (!sweep.isDone()) {
      for (ProcessHandle executor : ProcessHandle.current().children().toList()) {
        if (isAtWork(executor) && executor.destroyForcibly()) {
          return;
        }
      }
      Thread.sleep(5);
    }
    throw new AssertionError(
        "the sweep was over before an executor could be killed: " + sweep.get());
  }

  /** Its working folder, which Linux shows, holds a unit that has begun. */
  private static boolean isAtWork(ProcessHandle executor) throws IOException {
    Path folder = Path.of("/proc", String.valueOf(executor.pid()), "cwd");
    try (Stream<Path> files =
        Files.find(folder.toRealPath(), 3, (file, _) -> file.endsWith("config.yaml"))) {
      return files.findAny().isPresent();
    } catch (java.nio.file.NoSuchFileException | java.io.UncheckedIOException e) {
      return false;
    }
  }
}
