package engram.cl.strategy;

import engram.nn.train.StepTape;
import engram.tensor.Tensor;

/** Parameters that a loss does not use: a step needs a gradient for each, which is 0. */
final class Unused {
  private Unused() {}

  /** Zero times the sum of a parameter, [1]. */
  static Tensor parameter(StepTape step, String name) {
    Tensor values = step.network().parameter(name);
    return step.scale(0, step.sum(values));
  }

  /** Zero times the sum of the weights and biases of a linear layer, [1]. */
  static Tensor linear(StepTape step, String layer) {
    return step.add(parameter(step, layer + ".weight"), parameter(step, layer + ".bias"));
  }
}
