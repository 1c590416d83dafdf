import engram.learn.api.Backward;
import engram.op.Values;

/** Gradient of y = x > 0 ? x : slope * x, told from y, which has the sign of x. */
public class LeakyReluGradient implements Backward.LeakyRelu {
  @Override
  public void gradient(Values y, Values dy, double slope, Values dx) {
    // TODO write every element of dx
  }
}
