package engram.data.compress;

import java.util.Arrays;

/**
 * Discrete cosine transform of a block with three axes, {@code y[k] = sum over i of b[k][i] x[i]}
 * along each, with {@code b[k][i] = sqrt((k = 0 ? 1 : 2) / n) cos(pi (i + 1/2) k / n)} (Ahmed,
 * Natarajan and Rao 1974). It is orthonormal: an error of the coefficients is as large as that of
 * the values. Of three colours it makes brightness and two differences.
 *
 * <p>Cosines are those of {@link StrictMath} and sums have one order, so that bits are the same on
 * every machine.
 */
final class CosineTransform {
  private final double[][][] bases;
  private final double[] turned;
  private final double[] sums;

  /** For blocks of [height, width, channels]. */
  CosineTransform(int height, int width, int channels) {
    bases = new double[][][] {basis(height), basis(width), basis(channels)};
    turned = new double[height * width * channels];
    sums = new double[turned.length];
  }

  private static double[][] basis(int n) {
    double[][] basis = new double[n][n];
    for (int k = 0; k < n; k++) {
      double length = StrictMath.sqrt((k == 0 ? 1.0 : 2.0) / n);
      for (int i = 0; i < n; i++) {
        basis[k][i] = length * StrictMath.cos(StrictMath.PI * (i + 0.5) * k / n);
      }
    }
    return basis;
  }

  /** Makes coefficients of values, in place: [height, width, channels], the mean first. */
  void forward(double[] block) {
    for (double[][] basis : bases) {
      alongFirstAxis(block, basis, false);
    }
  }

  /** Makes values of coefficients, in place. */
  void inverse(double[] block) {
    for (double[][] basis : bases) {
      alongFirstAxis(block, basis, true);
    }
  }

  /** Transforms the first axis and makes it the last: after three times each is in its place. */
  private void alongFirstAxis(double[] block, double[][] basis, boolean inverse) {
    int n = basis.length;
    int rest = block.length / n;
    for (int k = 0; k < n; k++) {
      Arrays.fill(sums, 0, rest, 0);
      for (int i = 0; i < n; i++) {
        double weight = inverse ? basis[i][k] : basis[k][i];
        int row = i * rest;
        for (int j = 0; j < rest; j++) {
          sums[j] += weight * block[row + j];
        }
      }
      for (int j = 0; j < rest; j++) {
        turned[j * n + k] = sums[j];
      }
    }
    System.arraycopy(turned, 0, block, 0, block.length);
  }
}
