import engram.learn.api.Remembering;
import engram.op.Values;

/**
 * x is [N, D], weight and importance are [K, D]; the logit of class k is
 * x.row(n).dot(weight.row(k)). In penalty all four tensors have one shape: get(i) and set(i, value)
 * for i below size().
 */
public class Ewc implements Remembering.Ewc {
  @Override
  public void importance(Values x, int[] labels, Values weight, Values importance) {
    // TODO write each element of importance
  }

  @Override
  public double penalty(
      Values weight, Values anchor, Values importance, double lambda, Values gradient) {
    return 0; // TODO and write each element of gradient
  }
}
