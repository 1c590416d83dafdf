package engram.learn.api;

import java.util.random.RandomGenerator;

/** Chapter 11: how much was forgotten, and a memory that is fair to a stream of unknown length. */
public final class Forgetting {
  private Forgetting() {}

  /**
   * What an accuracy matrix says. {@code a[t][i]} is the accuracy, 0 to 1, on the test images of
   * task i after training on task t. Tasks count from 0; row t holds t + 1 numbers, since later
   * tasks are not known yet.
   */
  public interface AccuracyMatrix {
    /** After the last task: the mean accuracy over all tasks. */
    double averageAccuracy(double[][] a);

    /**
     * Mean over all tasks but the last of: the best accuracy that the task had after any task but
     * the last, minus its accuracy after the last. 0 if there is one task only.
     */
    double forgetting(double[][] a);

    /**
     * Mean over all tasks but the last of: the task's accuracy after the last task, minus its
     * accuracy when it had just been learnt. 0 if there is one task only.
     */
    double backwardTransfer(double[][] a);
  }

  /** Reservoir sampling: each item of a stream is in the memory with equal probability. */
  public interface Reservoir {
    /**
     * Decides what becomes of the next item of the stream.
     *
     * @param earlier how many items were offered before this one
     * @param capacity how many items the memory can hold, 1 or more
     * @param random where chance comes from: {@code random.nextInt(n)} is 0 to n - 1, each with
     *     equal probability
     * @return the place, 0 to capacity - 1, at which it is stored; an item that is there is lost.
     *     -1 if it is not stored
     */
    int place(int earlier, int capacity, RandomGenerator random);
  }
}
