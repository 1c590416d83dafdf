package engram.cl.strategy;

import engram.cl.state.State;
import engram.cl.state.Stateful;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Class means and the covariance around them, of classes that come one set after the other, in
 * little room: of the covariance of n features, n^2 numbers, the {@value #RANK} strongest
 * directions are kept, and how much lies beside them in all, which is taken to be the same
 * everywhere (Tipping and Bishop 1999; for what comes in parts Ross et al. 2008). With {@value
 * #RANK} features or fewer nothing is left out: the sums are then those of all classes at once, in
 * whatever order they came.
 */
final class StreamingScatter implements Stateful {
  /** With 2048 features half a megabyte, a 256th of the whole. */
  private static final int RANK = 64;

  private final NavigableMap<Integer, float[]> means = new TreeMap<>();
  private float[][] directions = {};
  private double beside;
  private long images;

  /**
   * Adds classes.
   *
   * @param fresh of as many features as in all other calls
   * @throws IllegalArgumentException if a class is there already
   */
  void add(Scatter fresh) {
    for (int label : fresh.means().keySet()) {
      if (means.containsKey(label)) {
        throw new IllegalArgumentException(
            "scatter: class %d was added before; its mean cannot move".formatted(label));
      }
    }
    fresh.means().forEach((label, mean) -> means.put(label, floats(mean)));
    images += fresh.images();
    double[][] sums = Directions.addSquares(fresh.sums(), directions);
    directions = Directions.strongest(sums, RANK);
    beside += Scatter.trace(sums) - Directions.traceOfSquares(directions);
  }

  /** Mean features of each class added. */
  Map<Integer, double[]> means() {
    return means.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> doubles(entry.getValue())));
  }

  /** As {@link Scatter#covariance(double)} has it, from what is kept. */
  double[][] covariance(double shrinkage) {
    int columns = directions[0].length;
    double[][] sums = Directions.addSquares(new double[columns][columns], directions);
    for (int i = 0; i < columns; i++) {
      sums[i][i] += beside / columns;
    }
    return Scatter.covariance(sums, images, shrinkage);
  }

  @Override
  public void state(State state) {
    state.rows("means", means);
    directions = state.rows("directions", directions);
    beside = state.real("beside", beside);
    images = state.number("images", images);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
