package engram.learn.exercise;

import engram.op.Values;
import engram.tensor.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Comparing numbers and naming their places. */
public final class Numbers {
  private Numbers() {}

  /** The first element that is not the very same. */
  static OptionalInt firstDifference(Values a, Values b) {
    return IntStream.range(0, a.size())
        .filter(i -> Double.compare(a.get(i), b.get(i)) != 0)
        .findFirst();
  }

  /**
   * The first element that is further from the expected one than rounding takes it: by more than
   * {@code tolerance} times (its magnitude + the root mean square of all that are expected). NaN
   * and infinities must be the same.
   */
  public static OptionalInt firstWrong(Values expected, Values received, double tolerance) {
    double squares = 0;
    int finite = 0;
    for (int i = 0; i < expected.size(); i++) {
      if (Double.isFinite(expected.get(i))) {
        squares += expected.get(i) * expected.get(i);
        finite++;
      }
    }
    double scale = Math.sqrt(squares / Math.max(1, finite));
    return IntStream.range(0, expected.size())
        .filter(i -> !near(expected.get(i), received.get(i), tolerance, scale))
        .findFirst();
  }

  private static boolean near(double expected, double received, double tolerance, double scale) {
    return Double.isFinite(expected)
        ? Math.abs(expected - received) <= tolerance * (scale + Math.abs(expected))
        : Double.compare(expected, received) == 0;
  }

  /** Where element {@code offset} of a tensor is, such as {@code [1, 0, 2] (element 14)}. */
  public static String place(Shape shape, int offset) {
    int[] index = new int[shape.rank()];
    int left = offset;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      index[axis] = left % shape.dim(axis);
      left /= shape.dim(axis);
    }
    return shape.rank() == 1
        ? Arrays.toString(index)
        : "%s (element %d)".formatted(Arrays.toString(index), offset);
  }

  /** A number as a person reads it, seven digits at most. */
  public static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e7
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.7g", value);
  }
}
