package engram.cl.metrics;

import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What an accuracy matrix says about learning and forgetting. All values are shares, 0 to 1, or
 * differences of shares.
 */
public final class IncrementalMetrics {

  /** Why no forward transfer is given. */
  public static final String NO_FORWARD_TRANSFER =
      "Forward transfer is the accuracy on a task before it is learnt. In class-incremental"
          + " learning the classes of that task have no output yet, so it is not defined.";

  private IncrementalMetrics() {}

  /**
   * Average incremental accuracy: the mean over all tasks t of the accuracy after t (Rebuffi et al.
   * 2017).
   *
   * @param afterTask accuracy after each task, pooled or task mean; say which where it is shown
   */
  public static double averageIncremental(double[] afterTask) {
    return DoubleStream.of(afterTask)
        .average()
        .orElseThrow(
            () ->
                new IllegalArgumentException("no task was measured: there is nothing to average"));
  }

  /**
   * Forgetting after the last of T tasks: mean over i &lt; T-1 of max over l in [i, T-2] of
   * a[l][i], minus a[T-1][i] (Chaudhry et al. 2018). Negative when old tasks got better. Empty for
   * one task, which leaves nothing to forget.
   */
  public static OptionalDouble forgetting(AccuracyMatrix a) {
    int last = a.tasks() - 1;
    return IntStream.range(0, last)
        .mapToDouble(
            i ->
                IntStream.range(i, last).mapToDouble(l -> a.get(l, i)).max().orElseThrow()
                    - a.get(last, i))
        .average();
  }

  /**
   * Backward transfer after the last of T tasks: mean over i &lt; T-1 of a[T-1][i] - a[i][i]
   * (Lopez-Paz and Ranzato 2017). Empty for one task.
   */
  public static OptionalDouble backwardTransfer(AccuracyMatrix a) {
    int last = a.tasks() - 1;
    return IntStream.range(0, last).mapToDouble(i -> a.get(last, i) - a.get(i, i)).average();
  }

  /**
   * Intransigence on each task t: the accuracy on t of a network trained on all classes met by
   * then, minus a[t][t] (Chaudhry et al. 2018). What could not be learnt for want of plasticity.
   *
   * @param joint matrix of the joint training on the same tasks; only its diagonal is used
   */
  public static double[] intransigence(AccuracyMatrix a, AccuracyMatrix joint) {
    if (a.tasks() != joint.tasks()) {
      throw new IllegalArgumentException(
          "intransigence: %d tasks were learnt, but joint training was measured on %d"
              .formatted(a.tasks(), joint.tasks()));
    }
    return IntStream.range(0, a.tasks()).mapToDouble(t -> joint.get(t, t) - a.get(t, t)).toArray();
  }
}
