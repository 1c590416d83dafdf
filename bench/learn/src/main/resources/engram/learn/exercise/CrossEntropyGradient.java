import engram.learn.api.Backward;
import engram.op.Values;

/** Gradient of the mean cross-entropy, told from the probabilities that softmax made. */
public class CrossEntropyGradient implements Backward.CrossEntropy {
  @Override
  public void gradient(Values probabilities, Values labels, double dloss, Values dlogits) {
    // TODO write every element of dlogits
  }
}
