package engram.bench.record;

import engram.base.WholeFile;
import engram.bench.file.CsvOut;
import engram.bench.picture.FilterPicture;
import engram.bench.picture.ImageSheet;
import engram.bench.picture.Png;
import engram.cl.experiment.EpochId;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.RunEvent.TaskEvaluated;
import engram.cl.memory.StoredImages;
import engram.cl.metrics.Confusion;
import engram.cl.metrics.StabilityGap;
import engram.cl.metrics.TestAnswers;
import engram.cl.result.Mistake;
import engram.cl.result.TaskResult;
import engram.cl.state.State;
import engram.cl.state.Stateful;
import engram.cl.task.Examples;
import engram.cl.task.TaskSplit;
import engram.data.ImageSet;
import engram.nn.Network;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Records one strategy with one seed, task after task, in a folder of its own. */
final class StrategyRecorder implements Stateful {
  static final int MEMORY_COLUMNS = 20;
  private static final int MISTAKES = 24;

  private final BestEffort files;
  private final String folder;
  private final CsvOut confusion = new CsvOut("after_task,task_told,actual,predicted,images");
  private final CsvOut byTask = new CsvOut("after_task,task_told,task,images,recognised");
  private final CsvOut classifier = new CsvOut("after_task,class,row_norm");
  private final CsvOut usage =
      new CsvOut("after_task,memory_images,memory_bytes,memory_classes,parameters");

  private final CsvOut steps = ResultTables.steps();
  private final WithinTasks within = new WithinTasks();

  /**
   * @param folder path in the run's folder
   */
  StrategyRecorder(BestEffort files, String folder) {
    this.files = files;
    this.folder = folder;
  }

  /** Its path in the run's folder. */
  String folder() {
    return folder;
  }

  boolean isOf(EpochId id) {
    return folder.equals(RunFiles.ofStrategy(id.strategy(), id.seed()));
  }

  @Override
  public void state(State state) {
    confusion.state(state.in("confusion"));
    byTask.state(state.in("by_task"));
    classifier.state(state.in("classifier"));
    usage.state(state.in("usage"));
    steps.state(state.in("steps"));
    within.state(state.in("within"));
  }

  /** Notes a step; {@link #writeSteps} writes it. */
  void add(RunEvent.LossRead read) {
    ResultTables.addStep(steps, read);
  }

  /** Notes a measurement within a task; {@link #writeSteps} writes it. */
  void add(RunEvent.StepMeasured measured) {
    within.add(measured);
  }

  /** How stable old tasks were while this one was learnt; empty where nobody looked. */
  Optional<StabilityGap> stability(TaskResult task) {
    return StabilityGap.of(within.measurements()).stream()
        .filter(gap -> gap.task() == task.task())
        .findFirst();
  }

  void writeSteps() {
    write(RunFiles.STEPS, steps);
    if (!within.isEmpty()) {
      write(RunFiles.WITHIN, within);
    }
  }

  void add(TaskEvaluated task) {
    int index = task.result().task();
    TaskSplit split = task.split();
    addAnswers(index, 0, split, task.agnostic());
    addAnswers(index, 1, split, task.aware());
    addRowNorms(index, split, task.network());
    addUsage(index, task);
    Optional<StoredImages> memory = task.memory().filter(held -> held.size() > 0);
    if (memory.isPresent()) {
      writeMemory(index, memory.get().examples());
    }
    Optional<BufferedImage> filters = FilterPicture.of(task.network());
    if (filters.isPresent()) {
      write(RunFiles.FILTERS, out -> Png.write(filters.get(), out));
    }
    writeMistakes(task, split);
    write(RunFiles.CLASSIFIER, classifier);
    write(RunFiles.BY_TASK, byTask);
    write(RunFiles.USAGE, usage);
    writeSteps();
    // Last: a reader takes the tasks that this file has.
    write(RunFiles.CONFUSION, confusion);
  }

  private void write(String file, WholeFile.Content content) {
    files.write(folder + "/" + file, content);
  }

  private void addAnswers(int task, int told, TaskSplit split, TestAnswers answers) {
    for (int of = 0; of < answers.tasks(); of++) {
      byTask.add(task + 1, told, of + 1, answers.images(of), answers.recognised(of));
    }
    Confusion counts = answers.confusion();
    for (int actual = 0; actual < counts.classes(); actual++) {
      for (int predicted = 0; predicted < counts.classes(); predicted++) {
        int images = counts.count(actual, predicted);
        if (images > 0) {
          confusion.add(task + 1, told, split.classOf(actual), split.classOf(predicted), images);
        }
      }
    }
  }

  private void addRowNorms(int task, TaskSplit split, Network network) {
    double[] norms = RowNorms.of(network);
    for (int label = 0; label < split.answers(task); label++) {
      String norm = String.format(Locale.ROOT, "%.6f", norms[label]);
      classifier.add(task + 1, split.classOf(label), norm);
    }
  }

  private void addUsage(int task, TaskEvaluated learnt) {
    Optional<StoredImages> memory = learnt.memory();
    usage.add(
        task + 1,
        memory.map(StoredImages::size).map(String::valueOf).orElse(""),
        memory.map(StoredImages::bytes).map(String::valueOf).orElse(""),
        memory.map(StoredImages::classes).map(String::valueOf).orElse(""),
        learnt.network().parameters().layout().elements());
  }

  private void writeMemory(int task, Examples held) {
    int[] byClass =
        IntStream.range(0, held.size())
            .boxed()
            .sorted(Comparator.comparingInt(held::label))
            .mapToInt(held::index)
            .toArray();
    int columns = Math.min(MEMORY_COLUMNS, byClass.length);
    write(
        RunFiles.memory(task),
        out -> ImageSheet.writeJpeg(ImageSheet.draw(held.images(), byClass, columns), out));
  }

  /** The surest mistakes; the images of a track look alike, so that each track has one. */
  private void writeMistakes(TaskEvaluated task, TaskSplit split) {
    ImageSet tests = task.sequence().dataset().test();
    Set<List<Integer>> tracks = new HashSet<>();
    List<Mistake> worst =
        task.mistakes().stream()
            .sorted(Comparator.comparing(mistake -> -mistake.margin()))
            .filter(m -> tracks.add(List.of(m.actual(), tests.tracks()[m.image()])))
            .limit(MISTAKES)
            .toList();
    CsvOut table = new CsvOut("test_image,actual,predicted,margin");
    for (Mistake mistake : worst) {
      table.add(
          mistake.image(),
          split.classOf(mistake.actual()),
          split.classOf(mistake.predicted()),
          String.format(Locale.ROOT, "%.4f", mistake.margin()));
    }
    int[] images = worst.stream().mapToInt(Mistake::image).toArray();
    int columns = Math.max(1, images.length);
    write(RunFiles.MISTAKE_IMAGES, out -> Png.write(ImageSheet.draw(tests, images, columns), out));
    write(RunFiles.MISTAKES, table);
  }
}
