package engram.cl.task;

import engram.data.Dataset;
import engram.data.ImageSet;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** A data set as a learner meets it: task after task. */
public final class TaskSequence {
  private final Dataset dataset;
  private final TaskSplit split;
  private final List<Task> tasks;

  /**
   * Cuts {@code dataset} as {@code split} says.
   *
   * @throws IllegalArgumentException if the split names a class that the data set does not have, a
   *     class has no training image, or a task has no test image
   */
  public TaskSequence(Dataset dataset, TaskSplit split) {
    this.dataset = dataset;
    this.split = split;
    int[] labels = split.labelsByClass(dataset.classes());
    tasks = IntStream.range(0, split.tasks()).mapToObj(t -> task(t, labels)).toList();
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

  /** Name of the class behind each label. */
  public List<String> labelNames() {
    return IntStream.range(0, split.classes())
        .mapToObj(label -> dataset.classNames().get(split.classOf(label)))
        .toList();
  }

  private Task task(int index, int[] labels) {
    int first = split.firstLabel(index);
    int end = split.seenClasses(index);
    Examples train = pick(dataset.train(), labels, first, end);
    Examples test = pick(dataset.test(), labels, first, end);
    BitSet found = new BitSet();
    train.labels().forEach(found::set);
    int missing = found.nextClearBit(first);
    if (missing < end) {
      int named = split.classOf(missing);
      throw new IllegalArgumentException(
          "class %d (%s) of task %d has no training image in %s: leave it out of the class order"
              .formatted(named, dataset.classNames().get(named), index + 1, dataset.description()));
    }
    if (test.size() == 0) {
      throw new IllegalArgumentException(
          "task %d has no test image in %s: its accuracy would have no meaning"
              .formatted(index + 1, dataset.description()));
    }
    return new Task(index, first, end, train, test);
  }

  private static Examples pick(ImageSet images, int[] labels, int first, int end) {
    int[] all = Arrays.stream(images.labels()).map(c -> labels[c]).toArray();
    return new Examples(images, IntStream.range(0, all.length).toArray(), all)
        .where(label -> label >= first && label < end);
  }
}
