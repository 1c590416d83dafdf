package engram.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real programs that get real signals: from Ctrl-C, kill, a terminal that closes, and Slurm. */
@Tag("process")
@Timeout(600)
@DisabledOnOs(OS.WINDOWS)
class InterruptTest {
  private static final int CLASSES = 4;
  private static final int FRAMES = 10;
  private static final long DEADLINE_SECONDS = 180;

  @TempDir Path temp;
  private String epochs = "25";
  private final List<Process> started = new ArrayList<>();
  private Path out;

  @BeforeEach
  void makeImages() throws IOException {
    assumeFalse(isIgnored(2), "SIGINT is ignored here, as in a background job of a script");
    out = temp.resolve("run");
    String header = "Width,Height,Roi.X1,Roi.Y1,Roi.X2,Roi.Y2,ClassId,Path\n";
    StringBuilder train = new StringBuilder(header);
    StringBuilder test = new StringBuilder(header);
    Random random = new Random(1);
    for (int label = 0; label < CLASSES; label++) {
      for (int frame = 0; frame < FRAMES; frame++) {
        String name = "%d/%05d_%05d_%05d.png".formatted(label, label, 0, frame);
        add(train, "Train/" + name, label, random);
      }
      add(test, "Test/%05d.png".formatted(label), label, random);
    }
    Files.writeString(temp.resolve("Train.csv"), train);
    Files.writeString(temp.resolve("Test.csv"), test);
  }

  private void add(StringBuilder csv, String path, int label, Random random) throws IOException {
    csv.append("32,32,1,1,30,30,%d,%s%n".formatted(label, path));
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 32 * 32; i++) {
      image.setRGB(i % 32, i / 32, (0x303030 << label % 2) + random.nextInt(0x40));
    }
    Path file = temp.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    ImageIO.write(image, "png", file.toFile());
  }

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  /** All that a stop leaves, once; what differs between signals is looked at below. */
  @Test
  void theFirstSavesWhatThereIsAndTheRunGoesOn() throws Exception {
    Process run = start(Map.of());
    await(() -> Files.exists(out.resolve("results.csv"))); // the first task is done
    send("TERM", run);
    assertEquals(143, exitCode(run), this::printed);

    JsonNode summary = new ObjectMapper().readTree(out.resolve("summary.json").toFile());
    assertTrue(summary.path("interrupted").booleanValue());
    assertEquals(1, summary.at("/strategies/fine-tune/tasks_done").intValue());
    assertEquals(2, Files.readAllLines(out.resolve("results.csv")).size());
    assertTrue(Files.readAllLines(out.resolve("metrics.csv")).size() > 1);
    assertTrue(Files.exists(out.resolve("accuracy_matrix.csv")));
    assertTrue(Files.size(out.resolve("checkpoints/fine-tune_seed1.safetensors")) > 1000);
    assertTrue(printed().contains("a second signal stops at once"), this::printed);
    assertTrue(printed().contains("interrupted: what was done is in " + out), this::printed);
    assertTrue(printed().contains("engram run --resume " + out), this::printed);
    assertTrue(Files.exists(out.resolve("state/000001.safetensors")));
    assertTrue(Files.exists(out.resolve("report.html")));

    Process rest = resume();
    assertEquals(0, exitCode(rest), this::printed);
    assertEquals(3, Files.readAllLines(out.resolve("results.csv")).size());
    assertEquals(51, Files.readAllLines(out.resolve("metrics.csv")).size());
    assertFalse(Files.exists(out.resolve("state")));
  }

  /** From Slurm, and from a terminal that closes. */
  @ParameterizedTest
  @CsvSource({"USR1, 10, 138", "HUP, 1, 129"})
  void othersAreOneToo(String signal, int number, int code) throws Exception {
    assumeFalse(isIgnored(number), signal + " is ignored here, as SIGHUP is under nohup");
    epochs = "100000";
    Process run = start(Map.of());
    await(() -> Files.exists(out.resolve("metrics.csv")));
    send(signal, run);
    assertEquals(code, exitCode(run), this::printed);
    assertTrue(Files.exists(out.resolve("state/000001.safetensors")));
    assertTrue(Files.exists(out.resolve("report.html")));
  }

  /** No task is done yet: what there is are its epochs, its settings and its machine. */
  @Test
  void inTheFirstTaskItLeavesAReportOfTheEpochsDone() throws Exception {
    epochs = "100000";
    Process run = start(Map.of());
    await(() -> Files.exists(out.resolve("metrics.csv")));
    send("INT", run);
    assertEquals(130, exitCode(run), this::printed);
    assertEquals(1, Files.readAllLines(out.resolve("results.csv")).size(), "no task was done");
    String page = Files.readString(out.resolve("report.html"));
    assertTrue(page.contains("Stopped in the first task"));
    assertTrue(page.contains("Learning, epoch by epoch"));
    assertTrue(printed().contains("report " + out.resolve("report.html")), this::printed);
  }

  /** The first cannot end it soon: a tracking server takes connections and never answers. */
  @Test
  void theSecondStopsAtOnce() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Process run =
          start(
              Map.of("MLFLOW_TRACKING_URI", "http://localhost:" + silent.getLocalPort()),
              "--track",
              "mlflow");
      await(() -> Files.exists(out.resolve("metrics.csv")));
      send("INT", run);
      await(() -> printed().contains("tracking: still sending"));
      long second = System.nanoTime();
      send("INT", run);
      assertEquals(130, exitCode(run));
      // It would have waited 15 s for the server.
      assertTrue(System.nanoTime() - second < 10_000_000_000L, this::printed);
      assertTrue(Files.exists(out.resolve("summary.json")), "saved before it waits for a server");
    }
  }

  private Process resume() throws IOException {
    return start(Map.of(), List.of("--resume", out.toString()));
  }

  private Process start(Map<String, String> environment, String... more) throws IOException {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--data",
                "gtsrb:" + temp,
                "--network",
                "mlp 8 1",
                "--strategies",
                "fine-tune",
                "--tasks",
                "2x2",
                "--epochs",
                epochs,
                "--batch",
                "8",
                "--out",
                out.toString()));
    options.addAll(List.of(more));
    return start(environment, options);
  }

  private Process start(Map<String, String> environment, List<String> options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-Xmx512m", // beside the tests' own heap, on build machines with little memory
                "-cp",
                System.getProperty("java.class.path"),
                "engram.bench.Engram",
                "run"));
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(temp.resolve("printed").toFile());
    builder.environment().put("XDG_CACHE_HOME", temp.resolve("cache").toString());
    builder.environment().putAll(environment);
    started.add(builder.start());
    return started.getLast();
  }

  private String printed() {
    try {
      return Files.readString(temp.resolve("printed"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void send(String signal, Process process) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor());
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertTrue(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS), "it does not end");
    return process.exitValue();
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!condition.getAsBoolean()) {
      Process process = started.getLast();
      assertTrue(
          process.isAlive(),
          () ->
              "it ended too soon with exit code %d:%n%s".formatted(process.exitValue(), printed()));
      assertTrue(System.nanoTime() < end, this::printed);
      Thread.sleep(20);
    }
  }

  /** Linux's mask of ignored signals has a bit for each; children inherit it. */
  private static boolean isIgnored(int signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(
                line ->
                    (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> (signal - 1) & 1)
                        != 0);
  }
}
