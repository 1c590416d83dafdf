package engram.cl.task;

import engram.base.Excerpt;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The classes of a data set cut into tasks.
 *
 * <p>A learner knows classes by <em>label</em>. Where each task brings classes of its own, label k
 * is the k-th class met, so that a growing classifier gets its new rows at the end, whatever the
 * class order. Where labels repeat, it is the k-th class of each task. Tasks count from 0.
 *
 * @param order classes in the order met; those beyond the last task are never used
 * @param sizes how many of them each task brings; where pixels are permuted, all of them each time
 * @param scenario what the tasks are
 */
public record TaskSplit(ClassOrder order, TaskSizes sizes, Scenario scenario) {

  public TaskSplit {
    int needed =
        scenario.kind() == Scenario.Kind.PERMUTED ? sizes.sizes().getFirst() : sizes.classes();
    if (needed > order.classes().size()) {
      throw new IllegalArgumentException(
          "tasks %s need %d classes, but the class order names %d: use fewer or smaller tasks"
              .formatted(Excerpt.of(sizes), needed, order.classes().size()));
    }
    if (scenario.labelsRepeat() && Set.copyOf(sizes.sizes()).size() > 1) {
      throw new IllegalArgumentException(
          "tasks of %s classes cannot share their labels in scenario %s: give each as many, such as"
                  .formatted(Excerpt.of(sizes), scenario)
              + " --tasks %dx%d".formatted(sizes.tasks(), order.classes().size() / sizes.tasks()));
    }
  }

  /** Each task brings classes of its own. */
  public TaskSplit(ClassOrder order, TaskSizes sizes) {
    this(order, sizes, Scenario.CLASS);
  }

  /**
   * Reads tasks written by a person.
   *
   * @param tasks as {@link TaskSizes#parse} takes them; where pixels are permuted, how many
   * @throws IllegalArgumentException if the classes cannot be cut so
   */
  public static TaskSplit parse(ClassOrder order, String tasks, Scenario scenario) {
    int classes = order.classes().size();
    if (scenario.kind() != Scenario.Kind.PERMUTED) {
      return new TaskSplit(order, TaskSizes.parse(tasks, classes), scenario);
    }
    List<Integer> count = NumberList.parse(tasks, "tasks");
    if (count.size() > 1) {
      throw new IllegalArgumentException(
          "tasks \"%s\": in scenario permuted each task has all classes, say how many tasks"
              .formatted(Excerpt.of(tasks)));
    }
    return new TaskSplit(order, TaskSizes.equal(count.getFirst(), classes), scenario);
  }

  /** Number of tasks. */
  public int tasks() {
    return sizes.tasks();
  }

  /** Number of labels in all tasks together. */
  public int classes() {
    return scenario.labelsRepeat() ? sizes.sizes().getFirst() : sizes.classes();
  }

  /** First label of {@code task}: the number of labels met before, or 0 where labels repeat. */
  public int firstLabel(int task) {
    return scenario.labelsRepeat() ? 0 : classesBefore(task);
  }

  /** Number of labels met when {@code task} is done, which is one past its last label. */
  public int seenClasses(int task) {
    return firstLabel(task) + sizes.sizes().get(task);
  }

  /**
   * Number of labels that an image may be given when {@code task} is done: those met, which are all
   * of them from the first task on where tasks are blurry.
   */
  public int answers(int task) {
    return scenario.kind() == Scenario.Kind.BLURRY ? classes() : seenClasses(task);
  }

  /** Classes of {@code task}, by the data set's numbers, in label order. */
  public List<Integer> classesOf(int task) {
    int first = scenario.kind() == Scenario.Kind.PERMUTED ? 0 : classesBefore(task);
    return order.classes().subList(first, first + sizes.sizes().get(task));
  }

  /** The data set's number of the class with {@code label}, of the first task that has it. */
  public int classOf(int label) {
    return order.classes().get(label);
  }

  /** Task of each label; only where labels do not repeat. */
  public List<Integer> taskOfLabels() {
    return IntStream.range(0, tasks())
        .boxed()
        .flatMap(t -> Collections.nCopies(sizes.sizes().get(t), t).stream())
        .toList();
  }

  private int classesBefore(int task) {
    return sizes.sizes().subList(0, task).stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * Label of each class of the data set where labels do not repeat, -1 where no task brings the
   * class.
   *
   * @param totalClasses number of classes of the data set
   */
  int[] labelsByClass(int totalClasses) {
    order.requireWithin(totalClasses);
    int[] labels = new int[totalClasses];
    Arrays.fill(labels, -1);
    for (int label = 0; label < classes(); label++) {
      labels[classOf(label)] = label;
    }
    return labels;
  }

  /**
   * Label in {@code task} of each class of the data set, -1 for classes that the task does not
   * have.
   *
   * @param totalClasses number of classes of the data set
   */
  int[] labelsByClass(int task, int totalClasses) {
    order.requireWithin(totalClasses);
    int[] labels = new int[totalClasses];
    Arrays.fill(labels, -1);
    int label = firstLabel(task);
    for (int number : classesOf(task)) {
      labels[number] = label++;
    }
    return labels;
  }
}
