package engram.inspect;

/**
 * How far one result is from another, relative to the size of the expected numbers.
 *
 * @param index element that is furthest off
 * @param error distance there divided by (1e-30 + root mean square of the finite expected numbers +
 *     magnitude of the expected element); infinite where one is NaN or infinite and the other is
 *     not the same
 */
public record Difference(int index, float expected, float received, double error) {

  /** Compares element by element and returns the worst. */
  public static Difference worst(float[] expected, float[] received) {
    if (expected.length != received.length) {
      throw new IllegalArgumentException(
          "cannot compare %d with %d elements".formatted(expected.length, received.length));
    }
    double squares = 0;
    int finite = 0;
    for (float value : expected) {
      if (Float.isFinite(value)) {
        squares += (double) value * value;
        finite++;
      }
    }
    double scale = 1e-30 + Math.sqrt(squares / Math.max(1, finite));
    Difference worst = new Difference(0, expected[0], received[0], 0);
    for (int i = 0; i < expected.length; i++) {
      double error = error(expected[i], received[i], scale);
      if (error > worst.error) {
        worst = new Difference(i, expected[i], received[i], error);
      }
    }
    return worst;
  }

  private static double error(float expected, float received, double scale) {
    if (Float.isFinite(expected) && Float.isFinite(received)) {
      return Math.abs((double) expected - received) / (scale + Math.abs(expected));
    }
    return Float.compare(expected, received) == 0 ? 0 : Double.POSITIVE_INFINITY;
  }

  @Override
  public String toString() {
    return "element %d: expected %s, received %s, relative error %.2g"
        .formatted(index, expected, received, error);
  }
}
