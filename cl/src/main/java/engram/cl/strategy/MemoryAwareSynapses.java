package engram.cl.strategy;

import engram.nn.layer.Mode;
import engram.nn.train.Objective;
import engram.tensor.Tensor;

/**
 * Memory aware synapses (Aljundi et al. 2018): a {@link ParameterPenalty} whose importance is how
 * much a parameter moves the output, whatever the label,
 *
 * <pre>importance += mean over images of |d (sum over k of logit[k]^2) / d theta|.</pre>
 */
public final class MemoryAwareSynapses extends ParameterPenalty {
  private static final Objective OUTPUT =
      step -> {
        Tensor logits = step.network().forward(step.inputs(), Mode.EVALUATION).logits();
        Tensor squares = step.multiply(logits, logits);
        return step.sum(squares);
      };

  /**
   * @param lambda weight of the penalty
   */
  public MemoryAwareSynapses(float lambda) {
    super(lambda);
  }

  @Override
  public void afterTask(TaskEnd end) {
    hold(end.network(), 1, meanGradient(end, OUTPUT, Math::abs));
  }
}
