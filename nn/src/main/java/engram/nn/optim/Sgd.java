package engram.nn.optim;

import engram.nn.Layout;
import engram.op.Recorder;
import engram.op.SgdStep;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.List;

/**
 * Stochastic gradient descent as {@code torch.optim.SGD} without dampening.
 *
 * @param learningRate from 0
 * @param momentum {@code 0 <= momentum < 1}
 * @param nesterov whether to look ahead by one step of momentum
 * @param weightDecay L2 penalty, added to the gradient
 */
public record Sgd(double learningRate, double momentum, boolean nesterov, double weightDecay)
    implements Optimiser {

  public Sgd {
    Optimiser.requireRate(learningRate);
  }

  /** Plain gradient descent. */
  public Sgd(double learningRate) {
    this(learningRate, 0, false, 0);
  }

  @Override
  public List<Shape> state(Layout parameters) {
    return List.of(parameters.shape());
  }

  @Override
  public void record(
      Recorder t, Tensor parameters, Tensor gradients, List<Tensor> state, Tensor rate) {
    SgdStep step = new SgdStep(momentum, nesterov, weightDecay);
    t.record(step, parameters, gradients, state.getFirst(), rate);
  }
}
