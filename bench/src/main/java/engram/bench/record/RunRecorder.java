package engram.bench.record;

import engram.bench.file.CsvOut;
import engram.bench.picture.ClassPictures;
import engram.bench.picture.ImageSheet;
import engram.bench.picture.Png;
import engram.cl.experiment.RunEvent;
import engram.cl.metrics.StabilityGap;
import engram.cl.state.State;
import engram.cl.state.Stateful;
import engram.cl.task.TaskSequence;
import engram.cl.task.TaskSplit;
import engram.data.Dataset;
import engram.data.ImageSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Records each task of a run in its folder as it is learnt, and the steps whose loss was read. */
public final class RunRecorder implements Consumer<RunEvent>, Stateful {
  private final BestEffort files;
  private final CsvOut order = new CsvOut("seed,task,class");
  private final CsvOut stability = ResultTables.stability();
  private final SortedSet<Long> seeds = new TreeSet<>();
  private Optional<StrategyRecorder> current = Optional.empty();
  private boolean classesWritten;

  public RunRecorder(BestEffort files) {
    this.files = files;
  }

  /** Writes what a task adds. */
  @Override
  public void accept(RunEvent event) {
    switch (event) {
      case RunEvent.StrategyStarted(String strategy, long seed) -> begin(strategy, seed);
      // Pre-training is of no strategy.
      case RunEvent.LossRead read when current.isPresent() && current.get().isOf(read.id()) ->
          current.get().add(read);
      case RunEvent.StepMeasured measured
          when !measured.asked() && current.isPresent() && current.get().isOf(measured.id()) ->
          current.get().add(measured);
      case RunEvent.EpochFinished(var id, _, _, _)
          when current.isPresent() && current.get().isOf(id) ->
          current.get().writeSteps();
      case RunEvent.TaskEvaluated task -> {
        begin(task.result().strategy(), task.result().seed());
        writeTasks(task);
        current.orElseThrow().add(task);
        current.orElseThrow().stability(task.result()).ifPresent(gap -> addStability(task, gap));
      }
      case RunEvent.TrainingEnded _ when current.isPresent() -> current.get().writeSteps();
      default -> {}
    }
  }

  private void begin(String strategy, long seed) {
    String folder = RunFiles.ofStrategy(strategy, seed);
    if (current.filter(recorder -> recorder.folder().equals(folder)).isEmpty()) {
      current = Optional.of(new StrategyRecorder(files, folder));
    }
  }

  private void addStability(RunEvent.TaskEvaluated task, StabilityGap gap) {
    ResultTables.addStability(stability, task.result(), gap);
    files.write(RunFiles.STABILITY, stability);
  }

  private void writeTasks(RunEvent.TaskEvaluated task) {
    if (!classesWritten) {
      writeClasses(task.sequence());
      classesWritten = true;
    }
    if (seeds.add(task.result().seed())) {
      addOrder(task.result().seed(), task.split());
      files.write(RunFiles.TASKS, order);
    }
  }

  /** Of the strategy under way alone: what others left is in their folders. */
  @Override
  public void state(State state) {
    order.state(state.in("order"));
    stability.state(state.in("stability"));
    String known =
        state.text("seeds", seeds.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    Stream.of(known.split(" "))
        .filter(seed -> !seed.isEmpty())
        .map(Long::valueOf)
        .forEach(seeds::add);
    String folder = state.text("folder", current.map(StrategyRecorder::folder).orElse(""));
    if (!folder.isEmpty()) {
      StrategyRecorder recorder = current.orElseGet(() -> new StrategyRecorder(files, folder));
      recorder.state(state.in("strategy"));
      current = Optional.of(recorder);
    }
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

  private void addOrder(long seed, TaskSplit split) {
    for (int task = 0; task < split.tasks(); task++) {
      for (int number : split.classesOf(task)) {
        order.add(seed, task + 1, number);
      }
    }
  }
}
