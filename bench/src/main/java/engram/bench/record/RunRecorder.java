package engram.bench.record;

import engram.bench.file.CsvOut;
import engram.bench.picture.ClassPictures;
import engram.bench.picture.ImageSheet;
import engram.bench.picture.Png;
import engram.cl.experiment.RunEvent;
import engram.cl.task.TaskSequence;
import engram.cl.task.TaskSplit;
import engram.data.Dataset;
import engram.data.ImageSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Records each task of a run in its folder as it is learnt. */
public final class RunRecorder implements Consumer<RunEvent> {
  private final BestEffort files;
  private final CsvOut order = new CsvOut("seed,task,class");
  private final Set<Long> seeds = new HashSet<>();
  private final Map<String, StrategyRecorder> strategies = new HashMap<>();

  public RunRecorder(BestEffort files) {
    this.files = files;
  }

  /** Writes what a task adds. */
  @Override
  public void accept(RunEvent event) {
    if (!(event instanceof RunEvent.TaskEvaluated task)) {
      return;
    }
    if (seeds.isEmpty()) {
      writeClasses(task.sequence());
    }
    if (seeds.add(task.result().seed())) {
      writeOrder(task.result().seed(), task.split());
    }
    String folder = RunFiles.ofStrategy(task.result().strategy(), task.result().seed());
    strategies.computeIfAbsent(folder, name -> new StrategyRecorder(files, name)).add(task);
  }

  /** The classes of the first seed as it meets them, then those that another seed may meet. */
  private void writeClasses(TaskSequence sequence) {
    Dataset dataset = sequence.dataset();
    Set<Integer> numbers = new LinkedHashSet<>();
    for (int label = 0; label < sequence.split().classes(); label++) {
      numbers.add(sequence.split().classOf(label));
    }
    IntStream.of(dataset.train().labels()).sorted().forEach(numbers::add);
    CsvOut classes = new CsvOut("class,name");
    List<String> labels = sequence.labelNames();
    List<Integer> order = List.copyOf(numbers);
    for (int i = 0; i < order.size(); i++) {
      boolean met = i < labels.size();
      classes.add(order.get(i), met ? labels.get(i) : dataset.classNames().get(order.get(i)));
    }
    files.write(RunFiles.CLASSES, classes);
    files.write(
        RunFiles.CLASS_PICTURES,
        out -> {
          // Training images: a class may be without a test image, but not without one of these.
          ImageSet pictures = ClassPictures.of(dataset.train(), order);
          int[] all = IntStream.range(0, pictures.size()).toArray();
          Png.write(ImageSheet.draw(pictures, all, all.length), out);
        });
  }

  private void writeOrder(long seed, TaskSplit split) {
    for (int task = 0; task < split.tasks(); task++) {
      for (int number : split.classesOf(task)) {
        order.add(seed, task + 1, number);
      }
    }
    files.write(RunFiles.TASKS, order);
  }
}
