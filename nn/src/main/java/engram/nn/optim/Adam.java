package engram.nn.optim;

import static engram.tensor.Shape.shape;

import engram.nn.Layout;
import engram.op.AdamStep;
import engram.op.Recorder;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015) as {@code torch.optim.Adam}, or AdamW (Loshchilov and Hutter 2019).
 *
 * @param learningRate from 0
 * @param weightDecay L2 penalty, added to the gradient or, if {@code decoupled}, taken from the
 *     parameters
 */
public record Adam(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    boolean decoupled)
    implements Optimiser {

  public Adam {
    Optimiser.requireRate(learningRate);
  }

  /** PyTorch's defaults: learning rate 0.001, betas 0.9 and 0.999, epsilon 1e-8, no decay. */
  public Adam() {
    this(1e-3);
  }

  /** PyTorch's defaults for all but the learning rate. */
  public Adam(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-8, 0, false);
  }

  /** AdamW with PyTorch's defaults for the rest. */
  public static Adam decoupled(double learningRate, double weightDecay) {
    return new Adam(learningRate, 0.9, 0.999, 1e-8, weightDecay, true);
  }

  @Override
  public List<Shape> state(Layout parameters) {
    return List.of(parameters.shape(), parameters.shape(), shape(1));
  }

  @Override
  public void record(
      Recorder t, Tensor parameters, Tensor gradients, List<Tensor> state, Tensor rate) {
    AdamStep step = new AdamStep(beta1, beta2, epsilon, weightDecay, decoupled);
    t.record(step, parameters, gradients, state.get(0), state.get(1), state.get(2), rate);
  }
}
