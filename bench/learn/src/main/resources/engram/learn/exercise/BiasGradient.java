import engram.learn.api.Backward;
import engram.op.Values;

/** Gradient of y = x + b, where b [C] is added to each row: dy [..., C] -> db [C]. */
public class BiasGradient implements Backward.Bias {
  @Override
  public void gradient(Values dy, Values db) {
    // TODO write every element of db
  }
}
