import engram.learn.api.Backward;
import engram.op.Values;

public class LeakyReluGradient implements Backward.LeakyRelu {
  @Override
  public void gradient(Values y, Values dy, double slope, Values dx) {
    for (int i = 0; i < y.size(); i++) {
      dx.set(i, y.get(i) > 0 ? dy.get(i) : slope * dy.get(i));
    }
  }
}
