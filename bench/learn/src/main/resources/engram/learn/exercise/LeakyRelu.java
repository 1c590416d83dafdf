import engram.learn.api.Forward;
import engram.op.Values;

/**
 * Leaky ReLU: numbers above 0 stay, all others are multiplied by slope.
 *
 * <p>x.size() is the number of elements, x.get(i) reads element i, y.set(i, value) writes it.
 */
public class LeakyRelu implements Forward.LeakyRelu {
  @Override
  public void forward(Values x, double slope, Values y) {
    // TODO write every element of y
  }
}
