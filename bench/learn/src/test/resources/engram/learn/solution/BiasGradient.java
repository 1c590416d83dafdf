import engram.learn.api.Backward;
import engram.op.Values;

public class BiasGradient implements Backward.Bias {
  @Override
  public void gradient(Values dy, Values db) {
    db.fill(0);
    for (int i = 0; i < dy.size(); i++) {
      db.add(i % db.size(), dy.get(i));
    }
  }
}
