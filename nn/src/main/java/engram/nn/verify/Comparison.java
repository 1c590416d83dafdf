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
  static final double SMALLEST_LOSS = 1e-2;

  private String worstRole = "";
  private double worst = -1;

  /** Compares a role with results in the same arrangement. */
  void compare(String role, SafeTensors.Entry expected, float[] received) {
    compare(role, expected.values(), received, SMALLEST);
  }

  /**
   * Compares a loss, or one for each step.
   *
   * @param factor what multiplies the logarithms in it, such as the square of a temperature
   */
  void compareLoss(String role, double factor, SafeTensors.Entry expected, float... received) {
    compare(role, expected.values(), received, Math.max(1, factor) * SMALLEST_LOSS);
  }

  /** Takes over what another comparison found. */
  void add(Comparison other) {
    if (!(other.worst <= worst)) {
      worst = other.worst;
      worstRole = other.worstRole;
    }
  }

  private void compare(String role, float[] expected, float[] received, double smallest) {
    if (expected.length != received.length) {
      throw new NotUnderstoodException(
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
    double error =
        Math.sqrt(distance) / Math.max(Math.sqrt(length), smallest * Math.sqrt(expected.length));
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
