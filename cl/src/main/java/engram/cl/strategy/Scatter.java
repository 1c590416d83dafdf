package engram.cl.strategy;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.cl.state.State;
import engram.cl.state.Stateful;
import engram.graph.Tape;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Class means and the covariance around them, of features that come class by class. Each class is
 * added once, with all its images; then the sums are those of all classes at once, in whatever
 * order they came.
 *
 * <p>The sums of products are made by the backend, in float32, {@value #ROWS} images at a time, and
 * added up in float64.
 */
final class Scatter implements Stateful {
  private static final int ROWS = 512;

  private final NavigableMap<Integer, double[]> means = new TreeMap<>();
  private double[] sums = {};
  private int columns;
  private long images;

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

  /** The scatter of one set of images; see {@link #add}. */
  static Scatter of(Backend backend, float[][] features, int[] labels) {
    Scatter scatter = new Scatter();
    scatter.add(backend, features, labels);
    return scatter;
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
   * Adds classes.
   *
   * @param backend multiplies
   * @param features [images][columns], one image or more; columns as in all other calls
   * @param labels label of each image
   * @throws IllegalArgumentException if a class is there already
   */
  void add(Backend backend, float[][] features, int[] labels) {
    Map<Integer, double[]> fresh = means(features, labels);
    for (int label : fresh.keySet()) {
      if (means.containsKey(label)) {
        throw new IllegalArgumentException(
            "scatter: class %d was added before; its mean cannot move".formatted(label));
      }
    }
    if (means.isEmpty()) {
      columns = features[0].length;
      sums = new double[columns * columns];
    }
    means.putAll(fresh);
    images += labels.length;
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
      for (int i = 0; i < product.length; i++) {
        sums[i] += product[i];
      }
    }
  }

  @Override
  public void state(State state) {
    int[] labels = state.ints("classes", means.keySet().stream().mapToInt(k -> k).toArray());
    double[][] rows = state.rows("means", means.values().toArray(double[][]::new));
    means.clear();
    for (int i = 0; i < labels.length; i++) {
      means.put(labels[i], rows[i]);
    }
    columns = state.number("columns", columns);
    images = state.number("images", images);
    sums = state.doubles("sums", sums);
  }

  /** Mean features of each class added. */
  Map<Integer, double[]> means() {
    return new HashMap<>(means);
  }

  /**
   * {@code (1 - shrinkage) S + shrinkage v I}, S being the mean over images of {@code (x - mean) (x
   * - mean)'} and v the mean variance of a feature: regular, and surer where there are few images
   * (Ledoit and Wolf 2004 for the form).
   */
  double[][] covariance(double shrinkage) {
    double variance = 0;
    for (int r = 0; r < columns; r++) {
      variance += sums[r * columns + r] / images / columns;
    }
    double[][] covariance = new double[columns][columns];
    for (int r = 0; r < columns; r++) {
      for (int c = 0; c < columns; c++) {
        covariance[r][c] = (1 - shrinkage) * sums[r * columns + c] / images;
      }
      covariance[r][r] += shrinkage * variance + 1e-9;
    }
    return covariance;
  }
}
