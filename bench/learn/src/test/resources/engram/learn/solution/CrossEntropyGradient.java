import engram.learn.api.Backward;
import engram.op.Values;

public class CrossEntropyGradient implements Backward.CrossEntropy {
  @Override
  public void gradient(Values probabilities, Values labels, double dloss, Values dlogits) {
    int classes = probabilities.dim(1);
    for (int n = 0; n < labels.size(); n++) {
      for (int k = 0; k < classes; k++) {
        double target = k == (int) labels.get(n) ? 1 : 0;
        double p = probabilities.get(probabilities.index(n, k));
        dlogits.set(dlogits.index(n, k), (p - target) * dloss / labels.size());
      }
    }
  }
}
