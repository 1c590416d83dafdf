package engram.cl.stream;

import engram.cl.task.Examples;
import engram.random.CounterRandom;
import java.util.stream.IntStream;

/**
 * One pass over examples in batches; the last batch may be smaller.
 *
 * <p>The order is a function of (seed, task, epoch) alone: a resumed run meets the same batches.
 */
public final class Batches {
  private final Examples examples;
  private final int[] order;
  private final int batchSize;

  private Batches(Examples examples, int[] order, int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          "batch size is %d, must be at least 1".formatted(batchSize));
    }
    this.examples = examples;
    this.order = order;
    this.batchSize = batchSize;
  }

  /** All examples in the shuffled order of one epoch. */
  public static Batches shuffled(Examples examples, int batchSize, long seed, int task, int epoch) {
    return sampled(examples, Sampling.INSTANCE, batchSize, seed, task, epoch);
  }

  /** Of each class as many as {@code sampling} has it, in the shuffled order of one epoch. */
  public static Batches sampled(
      Examples examples, Sampling sampling, int batchSize, long seed, int task, int epoch) {
    CounterRandom random = CounterRandom.of(seed, "epoch-order").split(task).split(epoch);
    return new Batches(examples, sampling.order(examples, random), batchSize);
  }

  /** All examples in their own order, as for a measurement. */
  public static Batches inOrder(Examples examples, int batchSize) {
    return new Batches(examples, IntStream.range(0, examples.size()).toArray(), batchSize);
  }

  /** All examples in the order of the batches, as a view. */
  public Examples examples() {
    return examples.select(order);
  }

  /** Number of batches. */
  public int count() {
    return Math.ceilDiv(order.length, batchSize);
  }

  /** Number of images in batch {@code index}: the batch size, but for the last what is left. */
  public int size(int index) {
    return Math.min(batchSize, order.length - index * batchSize);
  }

  /** Appends the images of batch {@code index} to {@code batch}, allocating nothing. */
  public void appendTo(Batch batch, int index) {
    int start = index * batchSize;
    int end = start + size(index);
    for (int i = start; i < end; i++) {
      batch.add(examples, order[i]);
    }
  }

  /** The examples of batch {@code index} as a view. */
  public Examples examples(int index) {
    int start = index * batchSize;
    return examples.select(
        IntStream.range(start, start + size(index)).map(i -> order[i]).toArray());
  }
}
