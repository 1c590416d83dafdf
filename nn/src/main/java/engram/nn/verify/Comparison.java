package engram.nn.verify;

import engram.nn.io.SafeTensors;

/**
 * Collects how far results are from what a case expects, and keeps the worst.
 *
 * <p>The error of a tensor is its relative L2 distance, |received - expected| / |expected|, where
 * |expected| counts as no smaller than if its root mean square were {@link #SMALLEST}: results that
 * cancel to zero cannot be right to a part in 100,000 of themselves. For a loss that is {@link
 * #SMALLEST_LOSS}, since a loss is a difference of logarithms of size one, times what multiplies
 * that difference.
 */
final class Comparison {
  static final double SMALLEST = 1e-4;
  private static final double SMALLEST_LOSS = 1e-2;

  private String worstRole = "";
  private double worst = -1;

  /**
   * The size that counts for a loss.
   *
   * @param factor what multiplies the logarithms in it, such as the square of a temperature
   */
  static double smallestLoss(double factor) {
    return Math.max(1, factor) * SMALLEST_LOSS;
  }

  /** Takes over what another comparison found. */
  void add(Comparison other) {
    if (!(other.worst <= worst)) {
      worst = other.worst;
      worstRole = other.worstRole;
    }
  }

  /**
   * Compares a result with what the case expects of a role, in the same arrangement.
   *
   * @param smallest root mean square that the expected values count as, at the least
   */
  void compare(String role, SafeTensors.Entry entry, float[] received, double smallest) {
    float[] expected = entry.values();
    if (expected.length != received.length) {
      throw new IllegalArgumentException(
          "%s has %d elements, but the computation gives %d"
              .formatted(role, expected.length, received.length));
    }
    double distance = 0;
    double length = 0;
    for (int i = 0; i < expected.length; i++) {
      // The same infinity, or NaN in both, is no difference.
      if (Float.compare(expected[i], received[i]) != 0) {
        double gap = (double) received[i] - expected[i];
        distance += gap * gap;
      }
      if (Float.isFinite(expected[i])) {
        length += (double) expected[i] * expected[i];
      }
    }
    note(role, Math.sqrt(distance), Math.sqrt(length), smallest * Math.sqrt(expected.length));
  }

  /** Compares a result with the sketch of what the case expects: the distance is an estimate. */
  void compare(String role, Sketch expected, float[] received, double smallest) {
    double distance = Sketch.of(received.length, i -> received[i]).distance(expected);
    note(role, distance, expected.length(), smallest * Math.sqrt(received.length));
  }

  private void note(String role, double distance, double length, double least) {
    double error = distance / Math.max(length, least);
    if (!(error <= worst)) {
      worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
      worstRole = role;
    }
  }

  /** The role that is furthest off. */
  String worstRole() {
    return worstRole;
  }

  /** Its error; negative if nothing was compared. */
  double worst() {
    return worst;
  }
}
