package engram.cl.metrics;

import engram.cl.task.TaskSplit;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Answers to the test images of all tasks met, counted by label and by task: where tasks share
 * their labels, a label does not say which task an image is of.
 */
public final class TestAnswers {
  private final Confusion confusion;
  private final int[] images;
  private final int[] recognised;

  /**
   * No answers yet.
   *
   * @param labels number of labels
   * @param tasks number of tasks met
   */
  public TestAnswers(int labels, int tasks) {
    this(new Confusion(labels), new int[tasks], new int[tasks]);
  }

  private TestAnswers(Confusion confusion, int[] images, int[] recognised) {
    this.confusion = confusion;
    this.images = images;
    this.recognised = recognised;
  }

  /**
   * The answers behind a confusion, where each label is of one task.
   *
   * @param task the last one met, from 0
   */
  public static TestAnswers of(TaskSplit split, int task, Confusion confusion) {
    int[] images = new int[task + 1];
    int[] recognised = new int[task + 1];
    for (int i = 0; i <= task; i++) {
      for (int label = split.firstLabel(i); label < split.seenClasses(i); label++) {
        images[i] += confusion.images(label);
        recognised[i] += confusion.count(label, label);
      }
    }
    return new TestAnswers(confusion, images, recognised);
  }

  /**
   * The answers as they were counted.
   *
   * @param images number of test images of each task met
   * @param recognised how many of them got the right answer
   */
  public static TestAnswers of(Confusion confusion, int[] images, int[] recognised) {
    return new TestAnswers(confusion, images.clone(), recognised.clone());
  }

  /** Counts one image of a task. */
  public void add(int task, int actual, int predicted) {
    confusion.add(actual, predicted);
    images[task]++;
    if (actual == predicted) {
      recognised[task]++;
    }
  }

  /** All images by actual and predicted label. */
  public Confusion confusion() {
    return confusion;
  }

  /** Number of tasks met. */
  public int tasks() {
    return images.length;
  }

  /** Number of test images of a task. */
  public int images(int task) {
    return images[task];
  }

  /** How many of them got the right answer. */
  public int recognised(int task) {
    return recognised[task];
  }

  /**
   * Share recognised of the images of a task, 0 to 1.
   *
   * @throws IllegalStateException if there is no such image
   */
  public double accuracy(int task) {
    if (images[task] == 0) {
      throw new IllegalStateException(
          "no image of task %d was counted: its accuracy has no meaning".formatted(task + 1));
    }
    return (double) recognised[task] / images[task];
  }

  /** {@link #accuracy} of each task met. */
  public DoubleStream accuracies() {
    return IntStream.range(0, tasks()).mapToDouble(this::accuracy);
  }
}
