package engram.cl.strategy;

import engram.nn.Network;
import engram.nn.Parameters;
import engram.nn.Sequential;

/**
 * The numbers of a network's last layer: the score of class k is {@code weight[k] . features +
 * bias[k]}.
 *
 * @param weight [classes, features], row after row
 * @param bias [classes]
 */
record LinearClassifier(float[] weight, float[] bias) {

  /**
   * Fails on a network whose logits are not these numbers alone.
   *
   * @throws IllegalArgumentException saying what is missing or too much
   */
  static void requireIn(Sequential model) {
    if (model.head().size() > 1 || model.classifier().bias().isEmpty()) {
      throw new IllegalArgumentException(
          "it reads or writes the classifier's rows and biases, so that the classifier needs biases"
              + " and no batch norm behind it; leave  no-bias  and  bn  out");
    }
  }

  /** The numbers of a network as they are now. */
  static LinearClassifier of(Network network) {
    Parameters parameters = network.parameters();
    String name = network.model().classifierName();
    return new LinearClassifier(
        parameters.buffer(name + ".weight").read(), parameters.buffer(name + ".bias").read());
  }

  /** One without offsets, from a row for each class. */
  static LinearClassifier of(float[][] rows) {
    int features = rows[0].length;
    float[] weight = new float[rows.length * features];
    for (int k = 0; k < rows.length; k++) {
      System.arraycopy(rows[k], 0, weight, k * features, features);
    }
    return new LinearClassifier(weight, new float[rows.length]);
  }

  /** Product of two vectors: the score that features have by a row. */
  static float dot(float[] features, float[] row) {
    double sum = 0;
    for (int c = 0; c < row.length; c++) {
      sum += (double) features[c] * row[c];
    }
    return (float) sum;
  }

  /** Product of two vectors. */
  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Number of features. */
  int features() {
    return weight.length / bias.length;
  }

  /** Gives a network these numbers; it has as many classes and features. */
  void writeTo(Network network) {
    String name = network.model().classifierName();
    network.parameters().buffer(name + ".weight").write(weight);
    network.parameters().buffer(name + ".bias").write(bias);
  }

  /** A copy of a network that answers by these numbers. */
  Network on(Network network) {
    Network copy = network.copy();
    writeTo(copy);
    return copy;
  }
}
