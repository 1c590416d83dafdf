package engram.bench.record;

import engram.bench.file.CsvIn;
import engram.cl.metrics.AccuracyMatrix;
import engram.cl.metrics.Confusion;
import engram.cl.metrics.StabilityGap;
import engram.cl.metrics.TestAnswers;
import engram.cl.result.StrategyRun;
import engram.cl.result.TaskResult;
import engram.cl.task.TaskSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Reads what {@link StrategyRecorder} wrote. */
final class StrategyReader {
  private final Path folder;
  private final TaskSplit split;
  private final List<Long> peaks;

  /**
   * @param peaks the most bytes that the process had held after each task, as far as that is known
   */
  StrategyReader(Path folder, TaskSplit split, List<Long> peaks) {
    this.folder = folder;
    this.split = split;
    this.peaks = peaks;
  }

  /**
   * @param results of the tasks in order; those of a task that was not recorded are left out
   */
  RecordedStrategy read(List<TaskResult> results) throws IOException {
    List<CsvIn.Row> confusion = CsvIn.read(folder.resolve(RunFiles.CONFUSION));
    int recorded = 0;
    for (CsvIn.Row row : confusion) {
      recorded = Math.max(recorded, afterTask(row));
    }
    if (recorded == 0 || recorded > split.tasks()) {
      throw new IOException(
          "%s: the last task is %d, but there are tasks 1 to %d"
              .formatted(folder.resolve(RunFiles.CONFUSION), recorded, split.tasks()));
    }
    int tasks = Math.min(recorded, results.size());
    List<Optional<byte[]>> memory = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      memory.add(ifThere(RunFiles.memory(task)));
    }
    List<Confusion> agnostic = confusions(confusion, tasks, 0);
    List<RecordedStrategy.Usage> usage = usage(tasks);
    return new RecordedStrategy(
        run(
            results.subList(0, tasks),
            answers(agnostic, 0),
            answers(confusions(confusion, tasks, 1), 1),
            usage.getLast()),
        split,
        agnostic,
        rowNorms(tasks),
        usage,
        List.copyOf(memory),
        ifThere(RunFiles.FILTERS),
        mistakes(),
        RunFiles.read(folder.resolve(RunFiles.MISTAKE_IMAGES)),
        StabilityGap.of(WithinTasks.read(folder).measurements()));
  }

  private StrategyRun run(
      List<TaskResult> results,
      List<TestAnswers> agnostic,
      List<TestAnswers> aware,
      RecordedStrategy.Usage usage)
      throws IOException {
    try {
      return new StrategyRun(
          results.getFirst().strategy(),
          results.getFirst().seed(),
          results,
          AccuracyMatrix.of(agnostic),
          AccuracyMatrix.of(aware),
          agnostic.getLast().confusion(),
          usage.memory());
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new IOException(
          "%s is damaged: %s".formatted(folder.resolve(RunFiles.CONFUSION), e.getMessage()), e);
    }
  }

  private List<Confusion> confusions(List<CsvIn.Row> rows, int tasks, int told) throws IOException {
    List<Confusion> afterTask =
        IntStream.range(0, tasks).mapToObj(t -> new Confusion(split.answers(t))).toList();
    for (CsvIn.Row row : rows) {
      int task = afterTask(row);
      if (task <= tasks && row.integer("task_told") == told) {
        Confusion counts = afterTask.get(task - 1);
        int actual = label(row, "actual", task);
        int predicted = label(row, "predicted", task);
        int images = row.integer("images");
        if (images < 0) {
          throw row.failure("images", "is %d, expected 0 or more".formatted(images));
        }
        counts.add(actual, predicted, images);
      }
    }
    return afterTask;
  }

  /** Counts by task, too; older records have none, and their labels are of one task each. */
  private List<TestAnswers> answers(List<Confusion> afterTask, int told) throws IOException {
    int tasks = afterTask.size();
    if (!Files.exists(folder.resolve(RunFiles.BY_TASK))) {
      return IntStream.range(0, tasks)
          .mapToObj(t -> TestAnswers.of(split, t, afterTask.get(t)))
          .toList();
    }
    int[][] images = new int[tasks][];
    int[][] recognised = new int[tasks][];
    for (int t = 0; t < tasks; t++) {
      images[t] = new int[t + 1];
      recognised[t] = new int[t + 1];
    }
    for (CsvIn.Row row : CsvIn.read(folder.resolve(RunFiles.BY_TASK))) {
      int t = afterTask(row) - 1;
      if (t < tasks && row.integer("task_told") == told) {
        int of = row.integer("task") - 1;
        if (of < 0 || of > t) {
          throw row.failure("task", "is %d, expected 1 to %d".formatted(of + 1, t + 1));
        }
        images[t][of] = row.integer("images");
        recognised[t][of] = row.integer("recognised");
      }
    }
    return IntStream.range(0, tasks)
        .mapToObj(t -> TestAnswers.of(afterTask.get(t), images[t], recognised[t]))
        .toList();
  }

  private List<double[]> rowNorms(int tasks) throws IOException {
    List<double[]> afterTask =
        IntStream.range(0, tasks).mapToObj(t -> new double[split.answers(t)]).toList();
    for (CsvIn.Row row : CsvIn.read(folder.resolve(RunFiles.CLASSIFIER))) {
      int task = afterTask(row);
      if (task <= tasks) {
        afterTask.get(task - 1)[label(row, "class", task)] = row.number("row_norm");
      }
    }
    return afterTask;
  }

  private List<RecordedStrategy.Usage> usage(int tasks) throws IOException {
    List<RecordedStrategy.Usage> afterTask = new ArrayList<>();
    for (CsvIn.Row row : CsvIn.read(folder.resolve(RunFiles.USAGE))) {
      OptionalLong images = row.wholeOrEmpty("memory_images");
      OptionalLong bytes = row.wholeOrEmpty("memory_bytes");
      afterTask.add(
          new RecordedStrategy.Usage(
              images.isPresent() && bytes.isPresent()
                  ? Optional.of(
                      new StrategyRun.MemoryUse((int) images.getAsLong(), bytes.getAsLong()))
                  : Optional.empty(),
              (int) row.wholeOrEmpty("memory_classes").orElse(0),
              row.whole("parameters"),
              peak(row, afterTask.size())));
    }
    if (afterTask.size() < tasks) {
      throw new IOException(
          "%s has %d tasks, expected %d"
              .formatted(folder.resolve(RunFiles.USAGE), afterTask.size(), tasks));
    }
    return List.copyOf(afterTask.subList(0, tasks));
  }

  /** Older runs have it in the row. */
  private OptionalLong peak(CsvIn.Row row, int task) throws IOException {
    if (row.values().isMapped(Environment.PEAK)) {
      return row.wholeOrEmpty(Environment.PEAK);
    }
    return task < peaks.size() ? OptionalLong.of(peaks.get(task)) : OptionalLong.empty();
  }

  private List<RecordedStrategy.Mistake> mistakes() throws IOException {
    List<RecordedStrategy.Mistake> mistakes = new ArrayList<>();
    for (CsvIn.Row row : CsvIn.read(folder.resolve(RunFiles.MISTAKES))) {
      mistakes.add(
          new RecordedStrategy.Mistake(
              row.integer("test_image"),
              known(row, "actual"),
              known(row, "predicted"),
              row.number("margin")));
    }
    return List.copyOf(mistakes);
  }

  /** The task after which something was measured, from 1. */
  private static int afterTask(CsvIn.Row row) throws IOException {
    int task = row.integer("after_task");
    if (task < 1) {
      throw row.failure("after_task", "is %d, expected 1 or more".formatted(task));
    }
    return task;
  }

  /** The label of a class that was met by {@code task}. */
  private int label(CsvIn.Row row, String column, int task) throws IOException {
    int label = split.order().classes().indexOf(row.integer(column));
    if (label < 0 || label >= split.answers(task - 1)) {
      throw row.failure(
          column, "is %s, which no task up to %d brings".formatted(row.text(column), task));
    }
    return label;
  }

  /** A class of any task: these files are written before the task counts as recorded. */
  private int known(CsvIn.Row row, String column) throws IOException {
    int number = row.integer(column);
    if (!split.order().classes().contains(number)) {
      throw row.failure(column, "is %d, which no task brings".formatted(number));
    }
    return number;
  }

  private Optional<byte[]> ifThere(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Optional.of(RunFiles.read(file)) : Optional.empty();
  }
}
