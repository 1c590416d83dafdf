package engram.nn.optim;

import engram.nn.Layout;
import engram.op.Op;
import engram.op.SgdStep;
import engram.tensor.Shape;
import java.util.List;

/**
 * Stochastic gradient descent as {@code torch.optim.SGD} without dampening.
 *
 * @param momentum {@code 0 <= momentum < 1}
 * @param nesterov whether to look ahead by one step of momentum
 * @param weightDecay L2 penalty, added to the gradient
 */
public record Sgd(double momentum, boolean nesterov, double weightDecay) implements Optimiser {

  /** Plain gradient descent. */
  public Sgd() {
    this(0, false, 0);
  }

  @Override
  public List<Shape> state(Layout parameters) {
    return List.of(parameters.shape());
  }

  @Override
  public Op step() {
    return new SgdStep(momentum, nesterov, weightDecay);
  }
}
