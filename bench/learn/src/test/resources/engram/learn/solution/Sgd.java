import engram.learn.api.Learning;
import engram.op.Values;

public class Sgd implements Learning.Sgd {
  @Override
  public void step(
      Values p,
      Values g,
      Values velocity,
      double rate,
      double momentum,
      boolean nesterov,
      double weightDecay) {
    for (int i = 0; i < p.size(); i++) {
      double pull = g.get(i) + weightDecay * p.get(i);
      double speed = momentum * velocity.get(i) + pull;
      velocity.set(i, speed);
      double way = nesterov ? pull + momentum * speed : speed;
      p.add(i, -rate * way);
    }
  }
}
