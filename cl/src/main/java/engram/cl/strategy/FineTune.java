package engram.cl.strategy;

import engram.nn.train.StepTape;
import engram.tensor.Tensor;

/** Cross-entropy on the new images alone. Nothing is done against forgetting: the lower bound. */
public final class FineTune implements Strategy {
  @Override
  public Tensor loss(StepTape step) {
    return step.keep("ce", step.smoothedCrossEntropy(step.forward().logits(), step.targets()));
  }
}
