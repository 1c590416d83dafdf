package engram.cl.strategy;

import engram.nn.Layout;
import engram.nn.Network;

/** The numbers of a one-layer network in plain arrays: logits are {@code weight x + bias}. */
record LinearNet(double[][] weight, double[] bias) {

  /** The network's numbers, taken from a flat array that is laid out as its parameters. */
  static LinearNet of(Network network, float[] flat) {
    int classes = network.classes();
    int weights = network.parameters().layout().slot("fc.weight").offset();
    int biases = network.parameters().layout().slot("fc.bias").offset();
    double[][] weight = new double[classes][StrategyProbe.PIXELS];
    double[] bias = new double[classes];
    for (int k = 0; k < classes; k++) {
      for (int c = 0; c < StrategyProbe.PIXELS; c++) {
        weight[k][c] = flat[weights + k * StrategyProbe.PIXELS + c];
      }
      bias[k] = flat[biases + k];
    }
    return new LinearNet(weight, bias);
  }

  static LinearNet of(Network network) {
    return of(network, network.parameters().snapshot());
  }

  /** Writes the numbers into a network. */
  void into(Network network) {
    Layout layout = network.parameters().layout();
    float[] flat = new float[layout.elements()];
    for (int p = 0; p < size(); p++) {
      int row = p / (StrategyProbe.PIXELS + 1);
      int column = p % (StrategyProbe.PIXELS + 1);
      int at =
          column == StrategyProbe.PIXELS
              ? layout.slot("fc.bias").offset() + row
              : layout.slot("fc.weight").offset() + row * StrategyProbe.PIXELS + column;
      flat[at] = (float) get(p);
    }
    network.parameters().restore(flat);
  }

  double[] logits(double[] x) {
    double[] logits = bias.clone();
    for (int k = 0; k < logits.length; k++) {
      for (int c = 0; c < x.length; c++) {
        logits[k] += weight[k][c] * x[c];
      }
    }
    return logits;
  }

  double[][] logits(double[][] images) {
    double[][] logits = new double[images.length][];
    for (int i = 0; i < images.length; i++) {
      logits[i] = logits(images[i]);
    }
    return logits;
  }

  /** Number of parameters. */
  int size() {
    return bias.length * (StrategyProbe.PIXELS + 1);
  }

  /** Parameter {@code p}: class after class, weights before the bias. */
  double get(int p) {
    int row = p / (StrategyProbe.PIXELS + 1);
    int column = p % (StrategyProbe.PIXELS + 1);
    return column == StrategyProbe.PIXELS ? bias[row] : weight[row][column];
  }

  /** These numbers with parameter {@code p} moved by {@code by}. */
  LinearNet moved(int p, double by) {
    double[][] w = new double[weight.length][];
    for (int k = 0; k < w.length; k++) {
      w[k] = weight[k].clone();
    }
    double[] b = bias.clone();
    int row = p / (StrategyProbe.PIXELS + 1);
    int column = p % (StrategyProbe.PIXELS + 1);
    if (column == StrategyProbe.PIXELS) {
      b[row] += by;
    } else {
      w[row][column] += by;
    }
    return new LinearNet(w, b);
  }
}
