package engram.cl.strategy;

import engram.random.CounterRandom;

/**
 * Corners of a regular simplex: vectors of length one, each pair with the product {@code -1 /
 * (corners - 1)}, which is as far apart as so many directions can be (Pernici et al. 2021, "Regular
 * polytope networks").
 */
final class Simplex {
  private Simplex() {}

  /**
   * The corners, [corners][dimensions]: orthonormal vectors in random directions, less their mean,
   * scaled to length one. A single corner is zero.
   *
   * @param random numbers for this simplex alone
   * @throws IllegalArgumentException if there are more corners than dimensions
   */
  static float[][] corners(int corners, int dimensions, CounterRandom random) {
    require(corners, dimensions);
    double[][] axes = new double[corners][];
    double[] mean = new double[dimensions];
    for (int k = 0; k < corners; k++) {
      axes[k] = orthonormal(axes, k, dimensions, random.split(k));
      for (int c = 0; c < dimensions; c++) {
        mean[c] += axes[k][c] / corners;
      }
    }
    double scale = corners == 1 ? 0 : Math.sqrt(corners / (corners - 1.0));
    float[][] unit = new float[corners][dimensions];
    for (int k = 0; k < corners; k++) {
      for (int c = 0; c < dimensions; c++) {
        unit[k][c] = (float) (scale * (axes[k][c] - mean[c]));
      }
    }
    return unit;
  }

  /** A random vector of length one, orthogonal to the first {@code done} axes. */
  private static double[] orthonormal(
      double[][] axes, int done, int dimensions, CounterRandom random) {
    double[] axis = new double[dimensions];
    for (int c = 0; c < dimensions; c++) {
      axis[c] = random.normal(c);
    }
    // Twice is enough: what rounding leaves of the other axes goes with the second pass.
    for (int pass = 0; pass < 2; pass++) {
      for (int k = 0; k < done; k++) {
        double along = LinearClassifier.dot(axis, axes[k]);
        for (int c = 0; c < dimensions; c++) {
          axis[c] -= along * axes[k][c];
        }
      }
    }
    double length = Math.sqrt(LinearClassifier.dot(axis, axis));
    for (int c = 0; c < dimensions; c++) {
      axis[c] /= length;
    }
    return axis;
  }

  /**
   * Fails where there is no simplex of so many corners.
   *
   * @throws IllegalArgumentException saying what there is too little of
   */
  static void require(int corners, int dimensions) {
    if (corners > dimensions) {
      throw new IllegalArgumentException(
          "simplex: %d classes need as many features, the network has %d; use a wider network or"
                  .formatted(corners, dimensions)
              + " fewer classes");
    }
  }
}
