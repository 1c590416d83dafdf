package engram.bench.track;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import engram.backend.Backend;
import engram.base.FolderLock;
import engram.bench.record.BestEffort;
import engram.bench.record.RunFolder;
import engram.bench.record.RunWriter;
import engram.bench.track.TroubledServer.Trouble;
import engram.cl.catalog.Strategies;
import engram.cl.experiment.Experiment;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StopRequest;
import engram.cl.plugin.Plugins;
import engram.cl.settings.Settings;
import engram.data.Dataset;
import engram.data.synthetic.GeneratedSigns;
import engram.device.Devices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real experiments, small ones, followed. */
class TrackingTest {
  private static final Dataset SIGNS = GeneratedSigns.generate(1, new GeneratedSigns.Size(2, 2), 2);
  private static final Settings SETTINGS =
      Settings.of(
          Map.of(
              "strategies", "fine-tune,rehearsal-kd",
              "tasks", "2,2",
              "class-order", "14,33,12,17",
              "pretraining-epochs", "1",
              "batch", "16",
              "buffer", "12",
              "seed", "5"),
          false);

  private static final String KEY = "0123456789abcdef0123456789abcdef01234567";

  @TempDir private static Path temp;
  private static final List<String> NOTICES = new ArrayList<>();
  private static final Map<String, float[]> PARAMETERS = new HashMap<>();
  private static Path followed;

  @BeforeAll
  static void follow() throws IOException {
    followed = run("run7", files());
    assertEquals(List.of(), NOTICES);
  }

  /** Runs into a folder of its own, and returns it. */
  private static Path run(String name, Targets targets, StopRequest stop, Consumer<RunEvent> also)
      throws IOException {
    RunFolder folder = RunFolder.at(temp.resolve(name), false);
    BestEffort extras = new BestEffort(folder, NOTICES::add);
    var tasks = Experiment.tasks(SETTINGS, SIGNS, 1);
    RunWriter writer =
        new RunWriter(folder, extras, Strategies.BUILT_IN, tasks.split(), tasks.labelNames());
    try (Backend backend = Devices.open("vector", 2, line -> {});
        Tracking tracking =
            targets.open(folder.path(), Map.of("buffer", 12, "seeds", 1), NOTICES::add)) {
      Consumer<RunEvent> ends =
          event -> {
            if (event instanceof RunEvent.TrainingEnded end) {
              PARAMETERS.put(name + end.strategy(), end.network().parameters().buffer().read());
            }
          };
      Consumer<RunEvent> consumers = writer.andThen(tracking).andThen(also).andThen(ends);
      new Experiment(SETTINGS, Plugins.NONE, SIGNS, backend, consumers, stop).run();
    }
    folder.close();
    return folder.path();
  }

  private static Path run(String name, Targets targets) throws IOException {
    return run(name, targets, new StopRequest(), _ -> {});
  }

  private static Targets targets(Duration patience, Targets.Target... targets) {
    return new Targets(List.of(targets), 1000, patience);
  }

  private static Targets files() {
    return targets(Duration.ofSeconds(60), Targets.tensorBoard(), Targets.wandbFolder(Map.of()));
  }

  /** {@code results.csv} without its last column, the seconds. */
  private static List<String> results(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("results.csv")).stream()
        .map(line -> line.substring(0, line.lastIndexOf(',')))
        .toList();
  }

  @Tag("slow")
  @Timeout(600)
  @Test
  void resultsAreTheSameWithTrackersAndWithoutThoughAServerIsDead() throws IOException {
    try (TroubledServer dead = new TroubledServer(Backends::mlflow);
        TroubledServer refusing = new TroubledServer(Backends::wandb)) {
      dead.always = Trouble.SILENT;
      refusing.always = Trouble.ECHO_401;
      NOTICES.clear();
      Path plain = run("plain", targets(Duration.ZERO));
      Path tracked =
          run(
              "tracked",
              targets(
                  Duration.ofSeconds(1),
                  Targets.tensorBoard(),
                  Targets.wandbFolder(Map.of()),
                  Targets.wandbLive(
                      Map.of("WANDB_BASE_URL", refusing.address(), "WANDB_API_KEY", KEY)),
                  Targets.mlflow(Map.of("MLFLOW_TRACKING_URI", dead.address()))));
      assertEquals(results(plain), results(tracked));
      for (String strategy : SETTINGS.strategies()) {
        assertArrayEquals(PARAMETERS.get("plain" + strategy), PARAMETERS.get("tracked" + strategy));
      }
      assertTrue(NOTICES.contains("tracking: still sending, for at most 1 s"), NOTICES::toString);
      String lost = NOTICES.getLast();
      assertTrue(lost.matches("(?s)mlflow: (\\d+) of \\1 records were not delivered .*"), lost);
      assertTrue(lost.contains("metrics.csv and results.csv of " + tracked), lost);
      String refused = NOTICES.get(NOTICES.size() - 2);
      assertTrue(refused.matches("(?s)wandb online: \\d+ of \\d+ records were not .*"), refused);
      assertTrue(refused.contains("HTTP 401"), refused);
      assertTrue(refused.contains("wandb sync " + tracked.resolve("wandb")), refused);
      assertNowhere(KEY, tracked);
      assertNowhere(refusing.logins.getFirst().substring("Basic ".length()), tracked);
    }
  }

  /** Neither in what a person was told nor in any file. */
  private static void assertNowhere(String secret, Path folder) throws IOException {
    assertFalse(NOTICES.toString().contains(secret));
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertFalse(text.contains(secret), file.toString());
      }
    }
  }

  @Test
  void eventFilesHoldTheFiguresOfTheTables() throws IOException {
    for (String strategy : SETTINGS.strategies()) {
      Map<String, Map<Long, Float>> curves = curves(followed, strategy);
      assertEquals(4, curves.get("train/ce").size(), "an entry an epoch");
      for (String line : results(followed)) {
        String[] cells = line.split(",");
        if (cells[0].equals(strategy)) {
          long epoch = 2 * Long.parseLong(cells[2]);
          assertEquals(
              Float.parseFloat(cells[4]), curves.get("test/accuracy").get(epoch), 1e-4f, line);
        }
      }
      assertEquals(2, curves.get("test/accuracy_task_1").size());
      assertEquals(1, curves.get("test/accuracy_task_2").size());
      assertEquals(1, curves.get("final/forgetting").size());
    }
    assertTrue(curves(followed, "rehearsal-kd").containsKey("train/kd"));
  }

  /** Scalars by name and step. */
  private static Map<String, Map<Long, Float>> curves(Path folder, String strategy)
      throws IOException {
    Map<String, Map<Long, Float>> curves = new LinkedHashMap<>();
    Path run = folder.resolve("tensorboard").resolve(strategy + "_seed5");
    for (Wire event : Decoders.events(Decoders.only(run, "tfevents"))) {
      if (event.has(2)) {
        for (Wire value : event.message(5).messages(1)) {
          if (value.has(2)) {
            curves
                .computeIfAbsent(value.text(1), name -> new LinkedHashMap<>())
                .put(event.integer(2), (Float) value.one(2));
          }
        }
      }
    }
    return curves;
  }

  @Test
  void picturesOfTheRunFolderAreSentOn() throws IOException {
    assumeTrue(
        Files.exists(followed.resolve("confusion_fine-tune.png")),
        "no fonts here: fonts-dejavu-core");
    Path run = followed.resolve("tensorboard").resolve("fine-tune_seed5");
    List<String> images =
        Decoders.events(Decoders.only(run, "tfevents")).stream()
            .filter(event -> event.has(5))
            .flatMap(event -> event.message(5).messages(1).stream())
            .filter(value -> value.has(4))
            .map(value -> value.text(1))
            .toList();
    assertEquals(List.of("confusion", "accuracy"), images);
  }

  @Test
  void aStrategyThatWasStoppedIsInterruptedAndTheOneBeforeIsNot() throws IOException {
    StopRequest stop = new StopRequest();
    int[] tasks = {0};
    Path folder =
        run(
            "stopped",
            files(),
            stop,
            event -> {
              if (event instanceof RunEvent.TaskEvaluated && ++tasks[0] == 3) {
                stop.make();
              }
            });
    assertEquals(Map.of("fine-tune", 0L, "rehearsal-kd", 130L), exitCodes(folder));
    var summary = new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
    assertTrue(summary.path("interrupted").booleanValue());
    assertEquals(2, summary.at("/strategies/fine-tune/tasks_done").intValue());
    assertEquals(1, summary.at("/strategies/rehearsal-kd/tasks_done").intValue());
  }

  /** By job type, which is the strategy. */
  private static Map<String, Long> exitCodes(Path folder) throws IOException {
    Map<String, Long> codes = new HashMap<>();
    try (var runs = Files.list(folder.resolve("wandb"))) {
      for (Path run : runs.toList()) {
        String strategy = "";
        for (byte[] bytes : Decoders.wandb(Decoders.only(run, ".wandb"))) {
          Wire record = Wire.read(bytes);
          strategy = record.has(17) ? record.message(17).text(7) : strategy;
          if (record.has(18)) {
            List<Object> code = record.message(18).all(1);
            codes.put(strategy, (Long) code.getFirst());
          }
        }
      }
    }
    return codes;
  }

  @Test
  void aFolderWithTrackerFilesCanBeOverwritten() throws IOException {
    Path copy = Files.createDirectory(temp.resolve("copy"));
    try (var files = Files.walk(followed)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path place = copy.resolve(followed.relativize(file));
        Files.createDirectories(place.resolveSibling(""));
        Files.copy(file, place);
      }
    }
    RunFolder.at(copy, true).close();
    try (var files = Files.walk(copy)) {
      assertEquals(
          List.of(copy.resolve(FolderLock.NAME)), files.filter(Files::isRegularFile).toList());
    }
  }
}
