package engram.nn.optim;

import static engram.tensor.Shape.shape;

import engram.nn.Layout;
import engram.op.AdamStep;
import engram.op.Op;
import engram.tensor.Shape;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015) as {@code torch.optim.Adam}, or AdamW (Loshchilov and Hutter 2019).
 *
 * @param weightDecay L2 penalty, added to the gradient or, if {@code decoupled}, taken from the
 *     parameters
 */
public record Adam(
    double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled)
    implements Optimiser {

  /** PyTorch's defaults: betas 0.9 and 0.999, epsilon 1e-8, no weight decay. */
  public Adam() {
    this(0.9, 0.999, 1e-8, 0, false);
  }

  /** AdamW with PyTorch's defaults for the rest. */
  public static Adam decoupled(double weightDecay) {
    return new Adam(0.9, 0.999, 1e-8, weightDecay, true);
  }

  @Override
  public List<Shape> state(Layout parameters) {
    return List.of(parameters.shape(), parameters.shape(), shape(1));
  }

  @Override
  public Op step() {
    return new AdamStep(beta1, beta2, epsilon, weightDecay, decoupled);
  }
}
