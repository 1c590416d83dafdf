import engram.learn.api.Remembering;
import engram.op.Values;

public class Ewc implements Remembering.Ewc {
  @Override
  public void importance(Values x, int[] labels, Values weight, Values importance) {
    importance.fill(0);
    for (int n = 0; n < labels.length; n++) {
      double[] probabilities = softmax(x.row(n), weight);
      for (int k = 0; k < weight.dim(0); k++) {
        double slope = probabilities[k] - (k == labels[n] ? 1 : 0);
        for (int d = 0; d < weight.dim(1); d++) {
          double gradient = slope * x.row(n).get(d);
          importance.row(k).add(d, gradient * gradient / labels.length);
        }
      }
    }
  }

  private static double[] softmax(Values image, Values weight) {
    double[] result = new double[weight.dim(0)];
    double sum = 0;
    for (int k = 0; k < result.length; k++) {
      result[k] = Math.exp(image.dot(weight.row(k)));
      sum += result[k];
    }
    for (int k = 0; k < result.length; k++) {
      result[k] /= sum;
    }
    return result;
  }

  @Override
  public double penalty(
      Values weight, Values anchor, Values importance, double lambda, Values gradient) {
    double sum = 0;
    for (int i = 0; i < weight.size(); i++) {
      double moved = weight.get(i) - anchor.get(i);
      sum += importance.get(i) * moved * moved;
      gradient.set(i, lambda * importance.get(i) * moved);
    }
    return lambda / 2 * sum;
  }
}
