package engram.cl.strategy;

/** Losses in plain loops and double precision, over classes {@code from} to {@code to - 1}. */
final class Formulas {
  private Formulas() {}

  static double logSumExp(double[] row, int from, int to, double temperature) {
    double sum = 0;
    for (int k = from; k < to; k++) {
      sum += Math.exp(row[k] / temperature);
    }
    return Math.log(sum);
  }

  static double crossEntropy(double[] row, int label, int from, int to) {
    return logSumExp(row, from, to, 1) - row[label];
  }

  /** Mean cross-entropy of images {@code first} to {@code end - 1}. */
  static double crossEntropy(
      double[][] logits, int[] labels, int first, int end, int from, int to) {
    double sum = 0;
    for (int i = first; i < end; i++) {
      sum += crossEntropy(logits[i], labels[i], from, to);
    }
    return sum / (end - first);
  }

  static double crossEntropy(double[][] logits, int[] labels) {
    return crossEntropy(logits, labels, 0, logits.length, 0, logits[0].length);
  }

  /** {@code T^2 KL(softmax(old / T) || softmax(new / T))}, mean over images. */
  static double distillation(double[][] logits, double[][] old, int from, int to) {
    return distillation(logits, old, from, to, 2);
  }

  static double distillation(double[][] logits, double[][] old, int from, int to, double t) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      for (int k = from; k < to; k++) {
        double logQ = old[i][k] / t - logSumExp(old[i], from, to, t);
        double logP = logits[i][k] / t - logSumExp(logits[i], from, to, t);
        sum += Math.exp(logQ) * (logQ - logP);
      }
    }
    return t * t * sum / logits.length;
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  static double binaryCrossEntropy(double logit, double target) {
    return -target * Math.log(sigmoid(logit)) - (1 - target) * Math.log(1 - sigmoid(logit));
  }

  /** Cosine of two vectors. */
  static double cosine(double[] a, double[] b) {
    double dot = 0;
    double squareA = 0;
    double squareB = 0;
    for (int c = 0; c < a.length; c++) {
      dot += a[c] * b[c];
      squareA += a[c] * a[c];
      squareB += b[c] * b[c];
    }
    return dot / Math.sqrt(squareA * squareB);
  }

  /** Mean over rows of one minus the cosine of both. */
  static double turned(double[][] features, double[][] before) {
    double sum = 0;
    for (int i = 0; i < features.length; i++) {
      sum += 1 - cosine(features[i], before[i]);
    }
    return sum / features.length;
  }
}
