import engram.learn.api.Forward;
import engram.op.Values;

public class LeakyRelu implements Forward.LeakyRelu {
  @Override
  public void forward(Values x, double slope, Values y) {
    for (int i = 0; i < x.size(); i++) {
      y.set(i, x.get(i) > 0 ? x.get(i) : slope * x.get(i));
    }
  }
}
