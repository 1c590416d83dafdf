package engram.cl.strategy;

import engram.cl.state.State;
import engram.nn.Network;
import engram.nn.train.Inference;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Linear discriminant analysis (Fisher 1936; for streams of classes Hayes and Kanan 2020): every
 * class is a normal distribution around its own mean m, all with one covariance S, so that the most
 * likely class of scaled features x has the largest
 *
 * <pre>m' S^-1 x - m' S^-1 m / 2</pre>
 *
 * Where the nearest mean counts all directions alike, this one counts those less in which images of
 * one class differ anyway, such as light.
 *
 * @param rows {@code S^-1 m} of each class; of length 0 for a class without a mean, which is never
 *     the answer
 * @param offsets {@code -m' S^-1 m / 2} of each class
 * @param scale how features are scaled, here as in the means
 */
record LinearDiscriminant(double[][] rows, double[] offsets, FeatureScale scale)
    implements Predictor.Head {

  /**
   * The head for means and a covariance.
   *
   * @param means by class
   * @param covariance [features][features], regular
   * @param classes number of classes
   */
  static LinearDiscriminant of(
      Map<Integer, double[]> means, double[][] covariance, int classes, FeatureScale scale) {
    Cholesky factor = Cholesky.of(covariance);
    double[][] rows = new double[classes][0];
    double[] offsets = new double[classes];
    Arrays.fill(offsets, Double.NEGATIVE_INFINITY);
    means.forEach(
        (k, mean) -> {
          rows[k] = factor.solve(mean);
          offsets[k] = -LinearClassifier.dot(rows[k], mean) / 2;
        });
    return new LinearDiscriminant(rows, offsets, scale);
  }

  /** The same head for features of which this one was made from a projection. */
  LinearDiscriminant before(RandomProjection projection) {
    double[][] whole =
        Arrays.stream(rows)
            .map(row -> row.length == 0 ? row : projection.ofFeatures(row))
            .toArray(double[][]::new);
    return new LinearDiscriminant(whole, offsets, scale);
  }

  /** Tells a head that may be missing, as {@link engram.cl.state.Stateful} does. */
  static Optional<LinearDiscriminant> state(
      State state, Optional<LinearDiscriminant> now, FeatureScale scale) {
    if (!state.present("learnt", now)) {
      return Optional.empty();
    }
    double[][] rows = now.map(LinearDiscriminant::rows).orElse(new double[0][]);
    double[] offsets = now.map(LinearDiscriminant::offsets).orElse(new double[0]);
    return Optional.of(
        new LinearDiscriminant(state.rows("rows", rows), state.doubles("offsets", offsets), scale));
  }

  /** Writes rows and offsets to a network's classifier, which has as many classes and features. */
  void writeTo(Network network) {
    int columns = network.model().classifier().in();
    float[] weights = new float[rows.length * columns];
    float[] bias = new float[rows.length];
    for (int k = 0; k < rows.length; k++) {
      for (int c = 0; c < rows[k].length; c++) {
        weights[k * columns + c] = (float) rows[k][c];
      }
      bias[k] = (float) offsets[k];
    }
    new LinearClassifier(weights, bias).writeTo(network);
  }

  @Override
  public float[] scores(Inference.Batch ran, int images) {
    float[] features = ran.features().read();
    int columns = features.length / images;
    float[] scores = new float[images * rows.length];
    for (int i = 0; i < images; i++) {
      float[] x = scale.apply(Arrays.copyOfRange(features, i * columns, (i + 1) * columns));
      for (int k = 0; k < rows.length; k++) {
        double score = offsets[k];
        for (int c = 0; c < rows[k].length; c++) {
          score += rows[k][c] * x[c];
        }
        scores[i * rows.length + k] = (float) score;
      }
    }
    return scores;
  }
}
