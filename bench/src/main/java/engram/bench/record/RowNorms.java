package engram.bench.record;

import engram.nn.Network;

/** L2 norms of the classifier's rows: what a class's logit can grow with. */
public final class RowNorms {
  private RowNorms() {}

  /** One for each class of the network. */
  public static double[] of(Network network) {
    float[] weight = network.parameters().readTorch(network.model().classifierName() + ".weight");
    double[] norms = new double[network.classes()];
    int columns = weight.length / norms.length;
    for (int label = 0; label < norms.length; label++) {
      double squares = 0;
      for (int c = 0; c < columns; c++) {
        double w = weight[label * columns + c];
        squares += w * w;
      }
      norms[label] = Math.sqrt(squares);
    }
    return norms;
  }
}
