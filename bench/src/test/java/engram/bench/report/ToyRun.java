package engram.bench.report;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.bench.record.Environment;
import engram.bench.record.RunFolder;
import engram.bench.record.RunRecorder;
import engram.bench.record.RunWriter;
import engram.cl.catalog.Strategies;
import engram.cl.experiment.EpochId;
import engram.cl.experiment.LossTerm;
import engram.cl.experiment.RunEvent;
import engram.cl.memory.BalancedReservoir;
import engram.cl.memory.StoredImages;
import engram.cl.metrics.Confusion;
import engram.cl.metrics.TestAnswers;
import engram.cl.result.Mistake;
import engram.cl.result.TaskResult;
import engram.cl.task.ClassOrder;
import engram.cl.task.TaskSequence;
import engram.cl.task.TaskSizes;
import engram.cl.task.TaskSplit;
import engram.data.Dataset;
import engram.data.ImageSet;
import engram.device.Devices;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Flatten;
import engram.nn.layer.Linear;
import engram.random.CounterRandom;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A run folder of two tasks with two classes each, whose numbers are easy to follow: ten test
 * images a class, class order 2 0 3 1.
 */
public final class ToyRun {
  /** A class name that would break a page which does not escape it. */
  static final String NASTY = "<script>alert(1)</script> & \"Stop\"";

  private static final int SIZE = 8;
  private static final int IMAGES = 10;
  private static final TaskSplit SPLIT =
      new TaskSplit(new ClassOrder(List.of(2, 0, 3, 1)), TaskSizes.even(4, 2));
  private static final Dataset SIGNS =
      new Dataset("toy", List.of(NASTY, "Yield", "Danger", "Keep left"), images(), images());

  private final RunFolder folder;
  private final RunWriter writer;
  private final RunRecorder recorder;
  private final TaskSequence sequence = new TaskSequence(SIGNS, SPLIT);

  /** A run with a setting of its own, which says whether it may be pooled with others. */
  public ToyRun(Path path, int buffer, long seed) throws IOException {
    this(path, buffer, seed, "toy signs");
  }

  /** The same on data of another description. */
  ToyRun(Path path, int buffer, long seed, String data) throws IOException {
    folder = RunFolder.at(path, false);
    writer = new RunWriter(folder, Strategies.BUILT_IN, SPLIT, sequence.labelNames());
    recorder = new RunRecorder(folder);
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("data", "toy");
    config.put("strategies", List.of("fine-tune", "er", "joint"));
    config.put("quick", false);
    config.put("buffer", buffer);
    config.put("seed", seed);
    writer.writeStart(
        config,
        Map.of("data", data, "scenario", "class", "memory", buffer + " images in total"),
        Environment.now(List.of("run", "--out", "my runs"), "vector, AVX2", 2));
  }

  /** The whole run of one strategy, from task 1 of 2 classes to task 2. */
  public ToyRun learnt(
      String strategy, long seed, int right, int rightOfOldTask, int rightOfNewTask) {
    return task(strategy, seed, 0, right).task(strategy, seed, 1, rightOfOldTask, rightOfNewTask);
  }

  /**
   * A task of a strategy.
   *
   * @param right of the ten images of each class, how many are recognised, task by task; the others
   *     are taken for the last class met
   */
  ToyRun task(String strategy, long seed, int task, int... right) {
    epoch(strategy, seed, task, 0, 2).epoch(strategy, seed, task, 1, 1);
    int classes = SPLIT.seenClasses(task);
    Confusion confusion = new Confusion(classes);
    for (int label = 0; label < classes; label++) {
      int of = right[label / 2];
      confusion.add(label, label, of);
      confusion.add(label, classes - 1, IMAGES - of);
    }
    TestAnswers answers = TestAnswers.of(SPLIT, task, confusion);
    TestAnswers told = TestAnswers.of(SPLIT, task, aware(confusion));
    TaskResult result = TaskResult.of(strategy, seed, SPLIT, task, answers, 1.5);
    Optional<StoredImages> memory =
        strategy.equals("er") ? Optional.of(memory(task)) : Optional.empty();
    try (Backend backend = Devices.open("reference", 1, line -> {})) {
      Network network = Network.create(net(classes), backend, 1);
      List<Mistake> mistakes =
          List.of(new Mistake(0, SPLIT.order().classes().indexOf(0), classes - 1, 2.5f));
      RunEvent evaluated =
          new RunEvent.TaskEvaluated(result, sequence, network, answers, told, mistakes, memory);
      writer.accept(evaluated);
      recorder.accept(evaluated);
    }
    return this;
  }

  /** An epoch of a task of two, with this cross-entropy. */
  ToyRun epoch(String strategy, long seed, int task, int epoch, double loss) {
    EpochId id = new EpochId(strategy, seed, task, SPLIT.tasks(), epoch, 2);
    writer.accept(new RunEvent.EpochFinished(id, 20, 1, List.of(new LossTerm("ce", loss))));
    return this;
  }

  Path path() {
    return folder.path();
  }

  /** With the task told, nothing is mistaken. */
  private static Confusion aware(Confusion agnostic) {
    Confusion told = new Confusion(agnostic.classes());
    for (int label = 0; label < told.classes(); label++) {
      told.add(label, label, agnostic.images(label));
    }
    return told;
  }

  private StoredImages memory(int task) {
    BalancedReservoir memory =
        new BalancedReservoir(6, SIGNS.train().imageBytes(), CounterRandom.of(1, "memory"));
    memory.offer(sequence.trainUpTo(task));
    return memory.stored();
  }

  private static Sequential net(int classes) {
    return Sequential.of(
        shape(SIZE, SIZE, 3),
        new Conv2d(3, 4, 3, 1),
        new Flatten(),
        new Linear(SIZE * SIZE * 4, classes).named("fc"));
  }

  /** Each class a colour, each image a track. */
  private static ImageSet images() {
    int count = 4 * IMAGES;
    byte[] pixels = new byte[count * SIZE * SIZE * 3];
    for (int i = 0; i < pixels.length; i++) {
      int label = i / (IMAGES * SIZE * SIZE * 3);
      pixels[i] = (byte) (i % 3 == label ? 220 : 40 + i % 50);
    }
    return new ImageSet(
        SIZE,
        SIZE,
        3,
        pixels,
        IntStream.range(0, count).map(i -> i / IMAGES).toArray(),
        IntStream.range(0, count).toArray());
  }
}
