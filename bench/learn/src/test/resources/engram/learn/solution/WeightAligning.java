import engram.learn.api.Remembering;
import engram.op.Values;

public class WeightAligning implements Remembering.WeightAligning {
  @Override
  public void align(Values weight, int old, Values aligned) {
    double ratio = meanLength(weight, 0, old) / meanLength(weight, old, weight.dim(0));
    for (int k = 0; k < weight.dim(0); k++) {
      double factor = k < old ? 1 : ratio;
      for (int d = 0; d < weight.dim(1); d++) {
        aligned.row(k).set(d, factor * weight.row(k).get(d));
      }
    }
  }

  private static double meanLength(Values weight, int from, int to) {
    double sum = 0;
    for (int k = from; k < to; k++) {
      sum += Math.sqrt(weight.row(k).dot(weight.row(k)));
    }
    return sum / (to - from);
  }
}
