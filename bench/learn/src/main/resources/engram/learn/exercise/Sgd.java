import engram.learn.api.Learning;
import engram.op.Values;

/** Gradient descent with momentum, Nesterov's look ahead, and weight decay. */
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
    // TODO change p and velocity
  }
}
