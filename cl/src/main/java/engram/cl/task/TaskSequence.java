package engram.cl.task;

import engram.data.Dataset;
import engram.data.ImageSet;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A data set as a learner meets it: task after task. */
public final class TaskSequence {
  private final Dataset dataset;
  private final TaskSplit split;
  private final List<Task> tasks;

  /**
   * Cuts {@code dataset} as {@code split} says, where nothing is left to chance.
   *
   * @throws IllegalArgumentException as {@link #TaskSequence(Dataset, TaskSplit, long)}
   */
  public TaskSequence(Dataset dataset, TaskSplit split) {
    this(dataset, split, 0);
  }

  /**
   * Cuts {@code dataset} as {@code split} says.
   *
   * @param seed for the order of pixels, and for which images come in other tasks
   * @throws IllegalArgumentException if the split names a class that the data set does not have, a
   *     class has no training image, or a task has no test image
   */
  public TaskSequence(Dataset dataset, TaskSplit split, long seed) {
    this.dataset = dataset;
    this.split = split;
    int[] comesIn = comesIn(seed);
    tasks = IntStream.range(0, split.tasks()).mapToObj(t -> task(t, comesIn, seed)).toList();
  }

  /** The tasks in order. */
  public List<Task> tasks() {
    return tasks;
  }

  public TaskSplit split() {
    return split;
  }

  public Dataset dataset() {
    return dataset;
  }

  /** Training images of all classes met up to and with {@code task}. */
  public Examples trainUpTo(int task) {
    return Examples.join(tasks.subList(0, task + 1).stream().map(Task::train).toList());
  }

  /** Test images of all classes met up to and with {@code task}, in order of tasks. */
  public Examples testUpTo(int task) {
    return Examples.join(tasks.subList(0, task + 1).stream().map(Task::test).toList());
  }

  /** Name of the class behind each label: {@code 0/2/4} where each of three tasks has one. */
  public List<String> labelNames() {
    return IntStream.range(0, split.classes()).mapToObj(this::labelName).toList();
  }

  private String labelName(int label) {
    return IntStream.range(0, split.tasks())
        .filter(t -> label >= split.firstLabel(t) && label < split.seenClasses(t))
        .mapToObj(t -> split.classesOf(t).get(label - split.firstLabel(t)))
        .distinct()
        .map(dataset.classNames()::get)
        .collect(Collectors.joining("/"));
  }

  /** The task in which each training image comes, where it is not that of its class; else empty. */
  private int[] comesIn(long seed) {
    if (split.scenario().kind() != Scenario.Kind.BLURRY) {
      return new int[0];
    }
    List<Integer> taskOfLabel = split.taskOfLabels();
    return Blur.tasksOf(
        dataset.train().labels(),
        Arrays.stream(split.labelsByClass(dataset.classes()))
            .map(label -> label < 0 ? -1 : taskOfLabel.get(label))
            .toArray(),
        split.tasks(),
        split.scenario().share(),
        CounterRandom.of(seed, "blurry"));
  }

  private Task task(int index, int[] comesIn, long seed) {
    int[] labels = split.labelsByClass(index, dataset.classes());
    int[] order = pixelOrder(index, seed);
    Examples ofClasses = pick(dataset.train(), labels, order);
    Examples test = pick(dataset.test(), labels, order);
    requireImages(index, ofClasses, test);
    if (comesIn.length == 0) {
      return new Task(index, split.firstLabel(index), split.seenClasses(index), ofClasses, test);
    }
    int[] those = IntStream.range(0, comesIn.length).filter(i -> comesIn[i] == index).toArray();
    Examples train =
        all(dataset.train(), split.labelsByClass(dataset.classes()), order).select(those);
    return new Task(index, 0, split.classes(), train, test);
  }

  /**
   * Where each pixel of a task's images is in the data set; of length 0 where it is in its place.
   */
  private int[] pixelOrder(int task, long seed) {
    ImageSet images = dataset.train();
    return split.scenario().kind() == Scenario.Kind.PERMUTED
        ? CounterRandom.of(seed, "pixel-order")
            .split(task)
            .permutation(images.height() * images.width())
        : new int[0];
  }

  private void requireImages(int index, Examples train, Examples test) {
    int first = split.firstLabel(index);
    BitSet found = new BitSet();
    train.labels().forEach(found::set);
    int missing = found.nextClearBit(first);
    if (missing < split.seenClasses(index)) {
      int named = split.classesOf(index).get(missing - first);
      throw new IllegalArgumentException(
          "class %d (%s) of task %d has no training image in %s: leave it out of the class order"
              .formatted(named, dataset.classNames().get(named), index + 1, dataset.description()));
    }
    if (test.size() == 0) {
      throw new IllegalArgumentException(
          "task %d has no test image in %s: its accuracy would have no meaning"
              .formatted(index + 1, dataset.description()));
    }
  }

  /** The images of the classes that have a label. */
  private static Examples pick(ImageSet images, int[] labels, int[] order) {
    return all(images, labels, order).where(label -> label >= 0);
  }

  private static Examples all(ImageSet images, int[] labels, int[] order) {
    return Examples.of(
        new Source(images, order), Arrays.stream(images.labels()).map(c -> labels[c]).toArray());
  }
}
