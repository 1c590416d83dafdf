import engram.learn.api.Backward;
import engram.op.Values;

/** Gradient of max-pooling: dy goes to where each maximum was, all else is 0. */
public class MaxPoolGradient implements Backward.MaxPool {
  @Override
  public void gradient(Values indices, Values dy, int kernel, int stride, Values dx) {
    // TODO write every element of dx
  }
}
