package engram.cl.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * a[t][i]: accuracy on the test images of task i after training on task t, i &lt;= t, 0 to 1.
 *
 * <p>Tasks count from 0. The matrix of an unfinished run has as many rows as tasks are done.
 */
public final class AccuracyMatrix {
  private final double[][] accuracies;
  private final int[] images;

  /**
   * A matrix with the number of test images behind each column.
   *
   * @param accuracies row t holds t + 1 accuracies, each 0 to 1; at least one row
   * @param images test images of each task
   */
  public AccuracyMatrix(double[][] accuracies, int[] images) {
    require(
        accuracies.length > 0 && images.length == accuracies.length,
        "%d rows and test image counts of %d tasks; one row a task is needed"
            .formatted(accuracies.length, images.length));
    for (int t = 0; t < accuracies.length; t++) {
      double[] row = accuracies[t];
      require(
          row.length == t + 1,
          "row %d has %d accuracies, needs %d, one for each task met by then"
              .formatted(t + 1, row.length, t + 1));
      for (double a : row) {
        require(
            a >= 0 && a <= 1,
            "row %d holds %s, an accuracy is a share from 0 to 1".formatted(t + 1, a));
      }
      require(
          images[t] >= 1,
          "task %d has %d test images, needs at least 1".formatted(t + 1, images[t]));
    }
    this.accuracies = Arrays.stream(accuracies).map(double[]::clone).toArray(double[][]::new);
    this.images = images.clone();
  }

  /** A matrix whose tasks count the same: the pooled accuracy is then the task mean. */
  public static AccuracyMatrix ofEqualTasks(double[][] accuracies) {
    int[] ones = new int[accuracies.length];
    Arrays.fill(ones, 1);
    return new AccuracyMatrix(accuracies, ones);
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException("accuracy matrix: " + problem);
    }
  }

  /**
   * The matrix behind the measurements of a run.
   *
   * @param afterTask element t counts the test images of all tasks met when task t was done
   */
  public static AccuracyMatrix of(List<TestAnswers> afterTask) {
    return new AccuracyMatrix(
        afterTask.stream().map(a -> a.accuracies().toArray()).toArray(double[][]::new),
        IntStream.range(0, afterTask.size()).map(t -> afterTask.get(t).images(t)).toArray());
  }

  /** Number of tasks done. */
  public int tasks() {
    return accuracies.length;
  }

  /** Number of test images of a task. */
  public int images(int task) {
    return images[task];
  }

  /** The matrix as it stood when the first {@code done} tasks were done. */
  public AccuracyMatrix firstTasks(int done) {
    return new AccuracyMatrix(Arrays.copyOf(accuracies, done), Arrays.copyOf(images, done));
  }

  /** Accuracy on task {@code i} after task {@code t}, i &lt;= t, 0 to 1. */
  public double get(int t, int i) {
    return accuracies[t][i];
  }

  /** Accuracy after task {@code t} over all test images of the classes met, 0 to 1. */
  public double pooled(int t) {
    double recognised = 0;
    int all = 0;
    for (int i = 0; i <= t; i++) {
      recognised += accuracies[t][i] * images[i];
      all += images[i];
    }
    return recognised / all;
  }

  /** {@link #pooled} after each task. */
  public double[] pooled() {
    return IntStream.range(0, tasks()).mapToDouble(this::pooled).toArray();
  }

  /** Mean after each task of the accuracies on tasks met, each task counting the same. */
  public double[] taskMeans() {
    return Arrays.stream(accuracies)
        .mapToDouble(row -> Arrays.stream(row).average().orElseThrow())
        .toArray();
  }
}
