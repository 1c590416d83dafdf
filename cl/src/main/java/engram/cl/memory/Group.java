package engram.cl.memory;

import engram.cl.state.State;
import java.util.NavigableSet;

/**
 * Images that share slots among themselves: those of a class as a task brought them. Where each
 * class comes in one task alone that is a class; where labels repeat, each task has a share of its
 * own.
 *
 * @param task from 0
 * @param label of the class, {@link #ALL} for all images of the task
 */
record Group(int task, int label) implements Comparable<Group> {
  static final int ALL = -1;

  /** By tasks, then by labels: whoever came first. */
  @Override
  public int compareTo(Group other) {
    return task == other.task
        ? Integer.compare(label, other.label)
        : Integer.compare(task, other.task);
  }

  /**
   * Images that a group may have: see {@link Capacity}. Equal shares are images / groups, rounded
   * up for the first groups and down for the others, so that the shares sum to the capacity. A
   * share never grows when a later group comes.
   *
   * @param groups all that there are
   */
  int share(Capacity capacity, NavigableSet<Group> groups) {
    return switch (capacity.unit()) {
      case TOTAL -> equal(capacity.images(), groups);
      case CLASS -> capacity.images();
      case TASK ->
          equal(capacity.images(), groups.subSet(firstOf(task), true, firstOf(task + 1), false));
    };
  }

  /** Tells groups, as {@link engram.cl.state.Stateful} does. */
  static void state(State state, NavigableSet<Group> groups) {
    int[] tasks = state.ints("tasks", groups.stream().mapToInt(Group::task).toArray());
    int[] labels = state.ints("labels", groups.stream().mapToInt(Group::label).toArray());
    groups.clear();
    for (int i = 0; i < tasks.length; i++) {
      groups.add(new Group(tasks[i], labels[i]));
    }
  }

  private static Group firstOf(int task) {
    return new Group(task, Integer.MIN_VALUE);
  }

  private int equal(int images, NavigableSet<Group> groups) {
    int rank = groups.headSet(this, false).size();
    return Math.ceilDiv(Math.max(0, images - rank), groups.size());
  }
}
