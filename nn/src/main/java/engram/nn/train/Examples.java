package engram.nn.train;

import engram.random.CounterRandom;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of numbers, each with a target: a label from 0, or a value to predict. Views of the same
 * rows share them.
 */
public final class Examples {
  private final float[][] rows;
  private final float[] targets;
  private final int[] picked;

  private Examples(float[][] rows, float[] targets, int[] picked) {
    this.rows = rows;
    this.targets = targets;
    this.picked = picked;
  }

  /**
   * Rows with labels.
   *
   * @param rows [N][elements], all of one length; taken over, not copied
   * @param labels [N], from 0
   */
  public static Examples of(float[][] rows, int... labels) {
    float[] targets = new float[labels.length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = labels[i];
    }
    return of(rows, targets);
  }

  /**
   * Rows with values.
   *
   * @param rows [N][elements], all of one length; taken over, not copied
   * @param targets [N]
   */
  public static Examples of(float[][] rows, float... targets) {
    if (rows.length == 0 || rows.length != targets.length) {
      throw new IllegalArgumentException(
          "examples: there are %d rows and %d targets, expected as many of both, one at least"
              .formatted(rows.length, targets.length));
    }
    for (int i = 1; i < rows.length; i++) {
      if (rows[i].length != rows[0].length) {
        throw new IllegalArgumentException(
            "examples: row %d has %d numbers, row 0 has %d; all rows have one length"
                .formatted(i, rows[i].length, rows[0].length));
      }
    }
    return new Examples(rows, targets, IntStream.range(0, rows.length).toArray());
  }

  /**
   * Checks that each row is one input of a network.
   *
   * @throws IllegalArgumentException if it has another number of elements
   */
  void requireInputs(Shape input) {
    if (elements() != input.elements()) {
      throw new IllegalArgumentException(
          "examples: rows have %d numbers, but the network's inputs are %s, %d numbers"
              .formatted(elements(), input, input.elements()));
    }
  }

  /** Number of examples. */
  public int size() {
    return picked.length;
  }

  /** Numbers in a row. */
  public int elements() {
    return rows[0].length;
  }

  /** Target of example {@code i}. */
  public float target(int i) {
    return targets[picked[i]];
  }

  /** All rows, one behind the other, [N elements]. */
  public float[] inputs() {
    float[] all = new float[picked.length * elements()];
    for (int i = 0; i < picked.length; i++) {
      System.arraycopy(rows[picked[i]], 0, all, i * elements(), elements());
    }
    return all;
  }

  /** All targets, [N]. */
  public float[] targets() {
    float[] all = new float[picked.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = target(i);
    }
    return all;
  }

  /** These examples in an order that seed and epoch decide. */
  public Examples shuffled(long seed, int epoch) {
    int[] order = CounterRandom.of(seed, "shuffle").split(epoch).permutation(picked.length);
    for (int i = 0; i < order.length; i++) {
      order[i] = picked[order[i]];
    }
    return new Examples(rows, targets, order);
  }

  /** These examples in order, {@code size} at a time; the last batch may be smaller. */
  public List<Examples> batches(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("batch size is " + size + ", expected 1 or more");
    }
    List<Examples> batches = new ArrayList<>();
    for (int from = 0; from < picked.length; from += size) {
      int to = Math.min(picked.length, from + size);
      batches.add(new Examples(rows, targets, Arrays.copyOfRange(picked, from, to)));
    }
    return batches;
  }
}
