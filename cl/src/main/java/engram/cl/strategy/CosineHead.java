package engram.cl.strategy;

import engram.cl.memory.Herding;
import engram.nn.Network;
import engram.nn.train.Inference;
import java.util.Arrays;

/**
 * Classifies by the cosine of features and the rows of a classifier, up to the length of the
 * features, which is the same for all classes.
 *
 * @param rows one row of length one for each class
 */
record CosineHead(float[][] rows) implements Head {

  /** The rows of a network's classifier as they are now. */
  static CosineHead of(Network network) {
    float[] weight =
        network.parameters().buffer(network.model().classifier().name() + ".weight").read();
    int columns = weight.length / network.classes();
    float[][] rows = new float[network.classes()][];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = Herding.normalised(Arrays.copyOfRange(weight, k * columns, (k + 1) * columns));
    }
    return new CosineHead(rows);
  }

  @Override
  public float[] scores(Inference.Batch ran, int images) {
    float[] features = ran.features().read();
    int columns = features.length / images;
    float[] scores = new float[images * rows.length];
    for (int i = 0; i < images; i++) {
      for (int k = 0; k < rows.length; k++) {
        scores[i * rows.length + k] = dot(features, i * columns, rows[k]);
      }
    }
    return scores;
  }

  /** Product of a row of features, from element {@code from} on, and a vector. */
  static float dot(float[] features, int from, float[] vector) {
    double sum = 0;
    for (int c = 0; c < vector.length; c++) {
      sum += (double) features[from + c] * vector[c];
    }
    return (float) sum;
  }
}
