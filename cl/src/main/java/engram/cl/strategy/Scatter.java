package engram.cl.strategy;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.graph.Tape;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Class means, and the scatter around them, of the features of some images.
 *
 * @param means mean row of each label
 * @param sums of the products of what rows differ from the means of their labels,
 *     [columns][columns]
 * @param images number of rows
 */
record Scatter(Map<Integer, double[]> means, double[][] sums, int images) {
  /** Images that are multiplied at once. */
  private static final int ROWS = 512;

  /** Multiplies rows, [{@value #ROWS}, columns], with themselves: [columns, columns]. */
  private record Products(Plan plan, Buffer rows, Buffer products) {
    static Products on(Backend backend, int columns) {
      Tape tape = new Tape();
      Tensor off = tape.input("off", shape(ROWS, columns));
      Tensor product = tape.matmul(tape.transposed(off), off);
      tape.keep(product);
      Plan plan = Plan.compile(tape.graph(), backend, Map.of());
      return new Products(plan, plan.buffer(off), plan.buffer(product));
    }
  }

  /**
   * The scatter of a set of images. Sums of products are made in float32, {@value #ROWS} images at
   * a time, and added up in float64.
   *
   * @param backend multiplies
   * @param features [images][columns], one image or more
   * @param labels label of each image
   */
  static Scatter of(Backend backend, float[][] features, int[] labels) {
    Map<Integer, double[]> means = means(features, labels);
    int columns = features[0].length;
    double[][] sums = new double[columns][columns];
    Products multiply = Products.on(backend, columns);
    float[] off = new float[ROWS * columns];
    float[] product = new float[columns * columns];
    for (int first = 0; first < labels.length; first += ROWS) {
      int count = Math.min(ROWS, labels.length - first);
      Arrays.fill(off, 0);
      for (int i = 0; i < count; i++) {
        double[] mean = means.getOrDefault(labels[first + i], new double[columns]);
        for (int c = 0; c < columns; c++) {
          off[i * columns + c] = (float) (features[first + i][c] - mean[c]);
        }
      }
      multiply.rows.write(off);
      multiply.plan.run();
      multiply.products.read(0, product, 0, product.length);
      for (int r = 0; r < columns; r++) {
        for (int c = 0; c < columns; c++) {
          sums[r][c] += product[r * columns + c];
        }
      }
    }
    return new Scatter(means, sums, labels.length);
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

  /**
   * {@code (1 - shrinkage) S + shrinkage v I}, S being the mean over images of {@code (x - mean) (x
   * - mean)'} and v the mean variance of a feature: regular, and surer where there are few images
   * (Ledoit and Wolf 2004 for the form).
   */
  double[][] covariance(double shrinkage) {
    return covariance(sums, images, shrinkage);
  }

  /** The same of a scatter and its number of images. */
  static double[][] covariance(double[][] sums, long images, double shrinkage) {
    int columns = sums.length;
    double variance = trace(sums) / images / columns;
    double[][] covariance = new double[columns][columns];
    for (int r = 0; r < columns; r++) {
      for (int c = 0; c < columns; c++) {
        covariance[r][c] = (1 - shrinkage) * sums[r][c] / images;
      }
      covariance[r][r] += shrinkage * variance + 1e-9;
    }
    return covariance;
  }

  /** Sum of the diagonal. */
  static double trace(double[][] matrix) {
    double trace = 0;
    for (int i = 0; i < matrix.length; i++) {
      trace += matrix[i][i];
    }
    return trace;
  }
}
