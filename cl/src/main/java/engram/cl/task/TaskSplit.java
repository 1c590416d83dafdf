package engram.cl.task;

import java.util.Arrays;
import java.util.List;

/**
 * The classes of a data set cut into tasks.
 *
 * <p>A learner knows classes by <em>label</em>: label k is the k-th class met, so that a growing
 * classifier gets its new rows at the end, whatever the class order. Tasks count from 0.
 *
 * @param order classes in the order met; those beyond the last task are never used
 * @param sizes how many of them each task brings
 */
public record TaskSplit(ClassOrder order, TaskSizes sizes) {

  public TaskSplit {
    if (sizes.classes() > order.classes().size()) {
      throw new IllegalArgumentException(
          "tasks %s need %d classes, but the class order names %d: use fewer or smaller tasks"
              .formatted(sizes, sizes.classes(), order.classes().size()));
    }
  }

  /** Number of tasks. */
  public int tasks() {
    return sizes.tasks();
  }

  /** Number of classes in all tasks together. */
  public int classes() {
    return sizes.classes();
  }

  /** Number of classes met before {@code task}, which is its first label. */
  public int firstLabel(int task) {
    return sizes.sizes().subList(0, task).stream().mapToInt(Integer::intValue).sum();
  }

  /** Number of classes met when {@code task} is done, which is one past its last label. */
  public int seenClasses(int task) {
    return firstLabel(task) + sizes.sizes().get(task);
  }

  /** Classes that {@code task} brings, by the data set's numbers, in label order. */
  public List<Integer> classesOf(int task) {
    return order.classes().subList(firstLabel(task), seenClasses(task));
  }

  /** The data set's number of the class with {@code label}. */
  public int classOf(int label) {
    return order.classes().get(label);
  }

  /**
   * Label of each class of the data set, -1 where no task brings the class.
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
}
