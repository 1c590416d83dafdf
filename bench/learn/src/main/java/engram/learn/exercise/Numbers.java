package engram.learn.exercise;

import engram.op.Values;
import engram.tensor.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Comparing numbers and naming their places. */
public final class Numbers {
  /**
   * What results hold before a learner's method runs: a NaN, and one that arithmetic does not make,
   * so that it can be told from infinity divided by infinity.
   */
  public static final double UNWRITTEN = Double.longBitsToDouble(0x7ff8_0000_0e96_a300L);

  private Numbers() {}

  /** Whether a number is that NaN, or was computed with it. */
  static boolean isUnwritten(double value) {
    return Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(UNWRITTEN);
  }

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
    if (value == Math.rint(value) && Math.abs(value) < 1e7) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    String text = String.format(Locale.ROOT, "%.7g", value);
    return text.contains("e") || !text.contains(".") ? text : text.replaceAll("\\.?0+$", "");
  }
}
