package engram.cl.task;

import engram.base.Excerpt;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How many classes each task brings.
 *
 * @param sizes classes of each task, at least one task of at least one class
 */
public record TaskSizes(List<Integer> sizes) {
  /** Bound on tasks that a text asks for: thousands of times what anyone trains. */
  private static final int MOST = 1_000_000;

  public TaskSizes {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty()) {
      throw new IllegalArgumentException("tasks: none given, at least one is needed");
    }
    for (int size : sizes) {
      if (size < 1) {
        throw new IllegalArgumentException(
            "tasks %s: a task has %d classes, each needs at least 1"
                .formatted(Excerpt.of(join(sizes)), size));
      }
    }
  }

  /** As even as can be, larger tasks first: 43 classes in 5 tasks are 9 9 9 8 8. */
  public static TaskSizes even(int classes, int tasks) {
    if (tasks < 1 || tasks > classes) {
      throw new IllegalArgumentException(
          "tasks: %d classes cannot be cut into %d tasks, choose 1 to %d"
              .formatted(classes, tasks, classes));
    }
    return new TaskSizes(
        IntStream.range(0, tasks).mapToObj(t -> Math.ceilDiv(classes - t, tasks)).toList());
  }

  /** The same size each time; {@code tasks * size} may leave classes of the data set unused. */
  public static TaskSizes equal(int tasks, int size) {
    if (tasks > MOST) {
      throw new IllegalArgumentException(
          "tasks: %d of them, expected at most %d".formatted(tasks, MOST));
    }
    return new TaskSizes(Collections.nCopies(Math.max(0, tasks), size));
  }

  /**
   * Reads sizes written by a person: {@code 5} is five even tasks over all classes, {@code 5x8}
   * five tasks of eight, {@code 20,10,13} the sizes themselves.
   *
   * @param classes number of classes that can be used
   */
  public static TaskSizes parse(String text, int classes) {
    List<List<Integer>> factors = factors(text);
    List<Integer> first = factors.getFirst();
    if (factors.size() == 1) {
      return first.size() == 1 ? even(classes, first.getFirst()) : new TaskSizes(first);
    }
    return equal(first.getFirst(), factors.getLast().getFirst());
  }

  /**
   * Fails on a text that is no sizes of tasks of any data, before the data are there.
   *
   * @throws IllegalArgumentException naming the part that is no number, or none of 1 or more
   */
  public static void requireForm(String text) {
    factors(text).forEach(TaskSizes::new);
  }

  /** {@code [[5]]}, {@code [[5], [8]]} or {@code [[20, 10, 13]]}. */
  private static List<List<Integer>> factors(String text) {
    List<List<Integer>> factors =
        Arrays.stream(text.split("x", -1)).map(part -> NumberList.parse(part, "tasks")).toList();
    List<Integer> first = factors.getFirst();
    List<Integer> last = factors.getLast();
    if (factors.size() == 1) {
      return factors;
    }
    if (factors.size() > 2 || first.size() > 1 || last.size() > 1) {
      throw new IllegalArgumentException(
          "tasks \"%s\": write 5 (even tasks), 5x8 (five of eight) or 20,10,13"
              .formatted(Excerpt.of(text)));
    }
    return factors;
  }

  /** Number of tasks. */
  public int tasks() {
    return sizes.size();
  }

  /** Number of classes in all tasks together. */
  public int classes() {
    return sizes.stream().mapToInt(Integer::intValue).sum();
  }

  /** {@code "9 9 9 8 8"}. */
  @Override
  public String toString() {
    return join(sizes);
  }

  private static String join(List<Integer> sizes) {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}
