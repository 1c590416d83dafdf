package engram.cl.task;

import engram.data.Dataset;
import engram.data.ImageSet;
import java.util.ArrayList;
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
    List<Task> list = new ArrayList<>();
    for (int t = 0; t < split.tasks(); t++) {
      int first = split.firstLabel(t);
      int end = split.seenClasses(t);
      Task task =
          new Task(
              t,
              first,
              end,
              pick(dataset.train(), labels, first, end),
              pick(dataset.test(), labels, first, end));
      requireImages(task);
      list.add(task);
    }
    tasks = List.copyOf(list);
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

  private static Examples pick(ImageSet images, int[] labels, int first, int end) {
    int[] indices =
        IntStream.range(0, images.size())
            .filter(i -> labels[images.labels()[i]] >= first && labels[images.labels()[i]] < end)
            .toArray();
    int[] picked = IntStream.of(indices).map(i -> labels[images.labels()[i]]).toArray();
    return new Examples(images, indices, picked);
  }

  private void requireImages(Task task) {
    boolean[] found = new boolean[task.newClasses()];
    for (int i = 0; i < task.train().size(); i++) {
      found[task.train().label(i) - task.firstLabel()] = true;
    }
    for (int i = 0; i < found.length; i++) {
      if (!found[i]) {
        int missing = split.classOf(task.firstLabel() + i);
        throw new IllegalArgumentException(
            "class %d (%s) of task %d has no training image in %s: leave it out of the class order"
                .formatted(
                    missing,
                    dataset.classNames().get(missing),
                    task.index() + 1,
                    dataset.description()));
      }
    }
    if (task.test().size() == 0) {
      throw new IllegalArgumentException(
          "task %d has no test image in %s: its accuracy would have no meaning"
              .formatted(task.index() + 1, dataset.description()));
    }
  }
}
