package engram.cl.strategy;

import java.util.Map;
import java.util.TreeMap;

/**
 * Means of classes, and how images of a class differ from its mean, all classes together.
 *
 * @param means by label; rows of features are scaled to length one before
 * @param covariance [features][features]: mean over images of {@code (x - mean) (x - mean)'}
 */
record ClassStatistics(Map<Integer, double[]> means, double[][] covariance) {

  /**
   * Statistics of images.
   *
   * @param features [images][features], at least one image
   * @param labels label of each image
   */
  static ClassStatistics of(float[][] features, int[] labels) {
    float[][] unit = FeatureScale.UNIT.apply(features);
    int columns = unit[0].length;
    Map<Integer, double[]> means = means(unit, labels);
    double[][] covariance = new double[columns][columns];
    double[] off = new double[columns];
    for (int i = 0; i < unit.length; i++) {
      double[] mean = means.getOrDefault(labels[i], off);
      for (int c = 0; c < columns; c++) {
        off[c] = unit[i][c] - mean[c];
      }
      addOuter(covariance, off);
    }
    mirror(covariance, 1.0 / unit.length);
    return new ClassStatistics(means, covariance);
  }

  /** Mean row of each label. */
  static Map<Integer, double[]> means(float[][] rows, int[] labels) {
    Map<Integer, double[]> means = new TreeMap<>();
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int i = 0; i < rows.length; i++) {
      double[] sum = means.computeIfAbsent(labels[i], label -> new double[rows[0].length]);
      for (int c = 0; c < sum.length; c++) {
        sum[c] += rows[i][c];
      }
      counts.merge(labels[i], 1, Integer::sum);
    }
    means.forEach(
        (label, sum) -> {
          for (int c = 0; c < sum.length; c++) {
            sum[c] /= counts.getOrDefault(label, 1);
          }
        });
    return means;
  }

  /** Adds {@code off off'} below and on the diagonal. */
  private static void addOuter(double[][] covariance, double[] off) {
    for (int r = 0; r < off.length; r++) {
      double factor = off[r];
      double[] row = covariance[r];
      for (int c = 0; c <= r; c++) {
        row[c] += factor * off[c];
      }
    }
  }

  private static void mirror(double[][] covariance, double scale) {
    for (int r = 0; r < covariance.length; r++) {
      for (int c = 0; c <= r; c++) {
        covariance[r][c] *= scale;
        covariance[c][r] = covariance[r][c];
      }
    }
  }

  /**
   * {@code (1 - shrinkage) (this + other) / 2 + shrinkage v I}, v being the mean variance of a
   * feature: regular, and surer where there are few images (Ledoit and Wolf 2004 for the form).
   */
  double[][] sharedCovariance(ClassStatistics other, double shrinkage) {
    int n = covariance.length;
    double[][] shared = new double[n][n];
    double variance = 0;
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        shared[r][c] = (1 - shrinkage) * (covariance[r][c] + other.covariance[r][c]) / 2;
      }
      variance += (covariance[r][r] + other.covariance[r][r]) / 2 / n;
    }
    for (int r = 0; r < n; r++) {
      shared[r][r] += shrinkage * variance + 1e-9;
    }
    return shared;
  }
}
