package engram.bench.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import engram.bench.Evaluations;
import engram.bench.file.ConfigFile;
import engram.cl.catalog.Strategies;
import engram.cl.experiment.EpochId;
import engram.cl.experiment.LossTerm;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.RunEvent.EpochFinished;
import engram.cl.experiment.RunEvent.ExperimentFinished;
import engram.cl.experiment.RunEvent.StrategyFinished;
import engram.cl.experiment.RunEvent.TaskEvaluated;
import engram.cl.metrics.AccuracyMatrix;
import engram.cl.metrics.Confusion;
import engram.cl.result.StrategyRun;
import engram.cl.result.TaskResult;
import engram.cl.task.ClassOrder;
import engram.cl.task.TaskSizes;
import engram.cl.task.TaskSplit;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunWriterTest {
  private static final TaskSplit SPLIT = new TaskSplit(ClassOrder.given(4), TaskSizes.even(4, 2));
  private static final List<String> NAMES = List.of("Stop", "Yield", "Danger", "Keep left");

  @TempDir Path temp;
  private final List<String> notices = new ArrayList<>();
  private RunFolder folder;
  private BestEffort extras;

  @BeforeEach
  void open() throws IOException {
    folder = RunFolder.at(temp, false);
    extras = new BestEffort(folder, line -> notices.add(line));
  }

  @Test
  void whatIsDoneIsOnDiskBeforeTheRunEnds() throws IOException {
    RunWriter writer = new RunWriter(folder, extras, Strategies.BUILT_IN, SPLIT, NAMES);
    writer.accept(
        new EpochFinished(
            new EpochId("er", 1, 0, 2, 0, 1), 100, 0.5, List.of(new LossTerm("ce", 1.5))));
    writer.accept(evaluated(1, SPLIT));

    assertEquals(2, Files.readAllLines(temp.resolve("metrics.csv")).size());
    assertEquals(2, Files.readAllLines(temp.resolve("results.csv")).size());
  }

  /** Label 0 of seed 2 is class 3 of the data set. */
  @Test
  void accuracyOfAClassGoesByTheDataSetsNumbersWhateverTheOrder() throws IOException {
    RunWriter writer = new RunWriter(folder, extras, Strategies.BUILT_IN, SPLIT, NAMES);
    writer.accept(evaluated(1, SPLIT));
    writer.accept(
        evaluated(2, new TaskSplit(new ClassOrder(List.of(3, 2, 1, 0)), TaskSizes.even(4, 2))));

    assertEquals(
        List.of(
            "strategy,seed,task,class,accuracy",
            "er,1,1,0,75.0000",
            "er,1,1,1,0.0000",
            "er,2,1,3,75.0000",
            "er,2,1,2,0.0000"),
        Files.readAllLines(temp.resolve("class_accuracy.csv")));
  }

  /** Three of four images of label 0 are recognised, none of the one of label 1. */
  private static TaskEvaluated evaluated(long seed, TaskSplit split) {
    Confusion confusion = new Confusion(2);
    for (int i = 0; i < 4; i++) {
      confusion.add(0, i < 3 ? 0 : 1);
    }
    confusion.add(1, 0);
    return Evaluations.of(new TaskResult("er", seed, 0, 2, 60, 60, 37.5, 0.5), confusion, split);
  }

  @Test
  void differencesAndTheTableForAReadmeAreWritten() throws IOException {
    finish(new RunWriter(folder, extras, Strategies.BUILT_IN, SPLIT, NAMES));

    assertEquals(
        List.of("strategy,minus,seeds,final_accuracy_difference,half_width", "joint,er,1,20.0000,"),
        Files.readAllLines(temp.resolve("paired_differences.csv")));
    List<String> table = Files.readAllLines(temp.resolve("summary.md"));
    assertEquals("| joint | 90.0 | 90.0 | - | 90.0 | 1 | all images | - |", table.get(2));
    assertEquals(
        "| er | 65.0 ±63.5 | 72.5 ±31.8 | 30.0 ±127.1 | 65.0 ±63.5 | 1 | buffer | 2 images, 6 kB |",
        table.get(3));
  }

  @Test
  void theTableSaysHowFarAStrategyCameThatWasStopped() {
    List<StrategyRun> runs = List.of(run("er", 1, new double[][] {{0.8}}));
    String table = SummaryMarkdown.markdown(runs, List.of(), List.of(), Strategies.BUILT_IN, 2);
    assertTrue(table.contains("| er (1 of 2 tasks) | 80.0 |"), table);
  }

  /** A run that is killed in between could be gone on with, and would not say how it was begun. */
  @Test
  void theConfigComesLast() throws IOException {
    Files.createDirectories(temp.resolve("env.json/in-the-way"));
    RunWriter writer = new RunWriter(folder, extras, Strategies.BUILT_IN, SPLIT, NAMES);
    assertThrows(
        IOException.class,
        () ->
            writer.writeStart(
                Map.of("buffer", 200), Map.of(), Environment.now(List.of("run"), "vector", 2)));
    assertFalse(Files.exists(temp.resolve("config.yaml")));
  }

  @Test
  void startWritesConfigAndEnvironment() throws IOException {
    new RunWriter(folder, extras, Strategies.BUILT_IN, SPLIT, NAMES)
        .writeStart(
            Map.of("buffer", 200),
            Map.of("scenario", "class"),
            Environment.now(List.of("run"), "vector, AVX2", 2));

    assertEquals(Map.of("buffer", 200), ConfigFile.read(temp.resolve("config.yaml")));
    JsonNode env = json("env.json");
    assertEquals("vector, AVX2", env.at("/engram/device").textValue());
    assertEquals(2, env.at("/engram/threads").intValue());
    assertEquals(Runtime.version().toString(), env.at("/java/version").textValue());
    assertEquals("run", env.at("/command/0").textValue());
    assertTrue(env.at("/machine/processors").intValue() > 0);
  }

  @Test
  void finishedRunHasSummaryAndMatrices() throws IOException {
    finish(new RunWriter(folder, extras, Strategies.BUILT_IN, SPLIT, NAMES));

    // er ends at (0.6 + 0.8) / 2 = 70 % and (0.4 + 0.8) / 2 = 60 %, joint at 90 % with one seed
    JsonNode summary = json("summary.json");
    assertEquals(0.25, summary.path("saving_seconds").doubleValue());
    assertEquals(65, summary.at("/strategies/er/final_accuracy/mean").doubleValue());
    // s = sqrt(50), t = 12.7062: 12.7062 x 7.0711 / sqrt(2) = 63.531
    assertEquals(63.531, summary.at("/strategies/er/final_accuracy/half_width").doubleValue());
    assertEquals(30, summary.at("/strategies/er/forgetting/mean").doubleValue());
    assertEquals(2, summary.at("/strategies/er/accuracy_after_task").size());
    assertTrue(summary.at("/strategies/joint/final_accuracy/half_width").isNull());
    assertEquals("joint", summary.at("/final_accuracy_differences/0/strategy").textValue());
    assertEquals(20, summary.at("/final_accuracy_differences/0/mean").doubleValue());
    assertEquals(7, Files.readAllLines(temp.resolve("accuracy_matrix.csv")).size());
  }

  @Test
  void picturesAreDrawnWithInkOnWhite() throws IOException {
    RunWriter writer = new RunWriter(folder, extras, Strategies.BUILT_IN, SPLIT, NAMES);
    assumeTrue(writer.problemWithPictures().isEmpty(), "no fonts here: fonts-dejavu-core");
    finish(writer);

    for (String name : List.of("results.png", "confusion_er.png", "confusion_joint.png")) {
      BufferedImage picture = ImageIO.read(temp.resolve(name).toFile());
      assertEquals(0xFFFFFFFF, picture.getRGB(0, 0), name);
      assertTrue(distinctColours(picture) > 20, name);
    }
  }

  @Test
  void withoutFontsARunHasEverythingButPictures() throws IOException {
    finish(
        new RunWriter(
            folder,
            extras,
            Strategies.BUILT_IN,
            SPLIT,
            NAMES,
            new Pictures(extras, Optional.of("no fonts"))));

    assertTrue(Files.exists(temp.resolve("summary.json")));
    assertFalse(Files.exists(temp.resolve("results.png")));
  }

  @Test
  void pictureThatTheDiskDoesNotTakeEndsNoRunAndIsTriedAgain() throws IOException {
    RunWriter writer = new RunWriter(folder, extras, Strategies.BUILT_IN, SPLIT, NAMES);
    assumeTrue(writer.problemWithPictures().isEmpty(), "no fonts here: fonts-dejavu-core");
    Path inTheWay = Files.createDirectories(temp.resolve("results.png/full"));
    writer.accept(new StrategyFinished(run("er", 1, new double[][] {{0.8}, {0.6, 0.8}})));
    assertEquals(1, notices.size(), notices.toString());
    assertTrue(notices.getFirst().startsWith("cannot write " + temp.resolve("results.png")));
    String missing = extras.missing().orElseThrow();
    assertTrue(missing.startsWith("missing: results.png (cannot write "), missing);
    assertTrue(Files.exists(temp.resolve("confusion_er.png")), "the others are there");

    RunEvent next = evaluated(1, SPLIT);
    extras.accept(next); // the task that has just failed
    Files.delete(inTheWay);
    Files.delete(temp.resolve("results.png"));
    extras.accept(next);
    assertEquals(Optional.empty(), extras.missing());
    assertTrue(Files.size(temp.resolve("results.png")) > 0);
    assertEquals(1, notices.size(), "said once");
  }

  /** Training goes on in memory; what a disk that was full lacks is there as soon as it can be. */
  @Test
  void aTableThatCannotBeWrittenEndsNoRunAndTheSummaryWaitsForIt() throws IOException {
    RunWriter writer = new RunWriter(folder, extras, Strategies.BUILT_IN, SPLIT, NAMES);
    Path inTheWay = Files.createDirectories(temp.resolve("results.csv/full"));
    writer.accept(evaluated(1, SPLIT));
    finish(writer);
    assertTrue(extras.lacksResults());
    assertFalse(Files.exists(temp.resolve("summary.json")));
    String missing = extras.missing().orElseThrow();
    assertTrue(missing.startsWith("missing: results.csv, summary.json (cannot write "), missing);
    Files.delete(inTheWay);
    Files.delete(temp.resolve("results.csv"));
    extras.tryAgain();
    assertFalse(extras.lacksResults());
    assertEquals(2, Files.readAllLines(temp.resolve("results.csv")).size());
    assertTrue(Files.exists(temp.resolve("summary.json")));
  }

  private static void finish(RunWriter writer) {
    List<StrategyRun> runs = new ArrayList<>();
    runs.add(run("joint", 1, new double[][] {{0.9}, {0.9, 0.9}}));
    runs.add(run("er", 1, new double[][] {{0.8}, {0.6, 0.8}}));
    runs.add(run("er", 2, new double[][] {{0.8}, {0.4, 0.8}}));
    runs.forEach(run -> writer.accept(new StrategyFinished(run)));
    writer.accept(new ExperimentFinished(runs, 12, 0.25, false));
  }

  private static StrategyRun run(String strategy, long seed, double[][] accuracies) {
    Confusion confusion = new Confusion(4);
    for (int label = 0; label < 4; label++) {
      confusion.add(label, label);
      confusion.add(label, 3);
    }
    List<TaskResult> tasks = List.of(new TaskResult(strategy, seed, 0, 2, 80, 80, 80, 1));
    AccuracyMatrix matrix = AccuracyMatrix.ofEqualTasks(accuracies);
    Optional<StrategyRun.MemoryUse> memory =
        strategy.equals("joint")
            ? Optional.empty()
            : Optional.of(new StrategyRun.MemoryUse(2, 6144));
    return new StrategyRun(strategy, seed, tasks, matrix, matrix, confusion, memory);
  }

  private static long distinctColours(BufferedImage picture) {
    int[] pixels =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    return Arrays.stream(pixels).distinct().count();
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(temp.resolve(name).toFile());
  }
}
