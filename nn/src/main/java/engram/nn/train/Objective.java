package engram.nn.train;

import engram.tensor.Tensor;

/**
 * What training makes small. It is asked once for each batch size, to append the loss to a tape;
 * from then on the recorded step runs without it.
 */
@FunctionalInterface
public interface Objective {

  /** Appends the loss of a batch and returns it, [1]. */
  Tensor loss(StepTape step);

  /**
   * Appends what becomes of the gradients of the loss before the optimiser sees them. Nothing, by
   * default.
   *
   * @param gradients of all parameters, laid out as {@code step.network().flat()}; overwrite it
   *     with {@code step.assign}
   */
  default void adjust(StepTape step, Tensor gradients) {}

  /**
   * Appends what is to be done when the optimiser has changed the parameters, such as following
   * them. Nothing, by default.
   *
   * @param gradients that the optimiser was given, laid out as {@code step.network().flat()}
   */
  default void afterUpdate(StepTape step, Tensor gradients) {}

  /** {@link StepTape#classification} of the network's logits and the targets, which are labels. */
  static Objective crossEntropy() {
    return step -> step.classification(step.forward().logits(), step.targets());
  }
}
