package engram.nn.verify;

import engram.nn.io.SafeTensors;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * A tensor too large for a file, by 64 sums of its elements under random signs, and its Euclidean
 * length.
 *
 * <p>The mean square of the differences of two tensors' sums is, over the draws of the signs, the
 * square of their L2 distance (Alon, Matias and Szegedy 1996); with 64 sums the estimate of that
 * square is off by a sixth, as a standard deviation. Each sum holds all elements: if one alone
 * differs, all sums differ by just as much.
 *
 * @param sums sum k takes element i with a minus where bit k of {@code CounterRandom.of(0,
 *     "sketch").bits(i)} is set; i counts row-major in PyTorch's layout
 */
public record Sketch(double[] sums, double length) {
  private static final int SUMS = Long.SIZE;
  private static final CounterRandom SIGNS = CounterRandom.of(0, "sketch");

  /** What follows a result's role in the name of its sketch. */
  public static final String SUFFIX = ".sketch";

  /** The sketch of {@code count} numbers. */
  public static Sketch of(int count, IntToDoubleFunction values) {
    double[] sums = new double[SUMS];
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double value = values.applyAsDouble(i);
      long signs = SIGNS.bits(i);
      for (int k = 0; k < SUMS; k++) {
        sums[k] += (signs >>> k & 1) == 0 ? value : -value;
      }
      squares += value * value;
    }
    return new Sketch(sums, Math.sqrt(squares));
  }

  /** A row of float64: the sums, then the length. */
  public SafeTensors.Entry entry() {
    double[] row = Arrays.copyOf(sums, SUMS + 1);
    row[SUMS] = length;
    return SafeTensors.Entry.of(row);
  }

  /** The sketch that {@link #entry} has written. */
  static Sketch of(SafeTensors.Entry entry) {
    double[] row = entry.doubles();
    if (row.length != SUMS + 1) {
      throw new IllegalArgumentException(
          "a sketch has %d numbers, expected %d".formatted(row.length, SUMS + 1));
    }
    return new Sketch(Arrays.copyOf(row, SUMS), row[SUMS]);
  }

  /** About how far, in L2, the two tensors are from each other. */
  public double distance(Sketch other) {
    double squares = 0;
    for (int k = 0; k < SUMS; k++) {
      double gap = sums[k] - other.sums[k];
      squares += gap * gap;
    }
    return Math.sqrt(squares / SUMS);
  }
}
