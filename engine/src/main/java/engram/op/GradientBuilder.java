package engram.op;

import engram.tensor.Tensor;

/**
 * What an op sees while its gradient is recorded: its own operands and the gradient of its first
 * output. Only output 0 of an op carries a gradient; further outputs are by-products such as the
 * positions of maxima.
 */
public interface GradientBuilder {
  /** Operand {@code index} of the op. */
  Tensor input(int index);

  /** Result {@code index} of the op. */
  Tensor output(int index);

  /** Gradient of the loss with respect to output 0. */
  Tensor outputGradient();

  /** Whether a gradient for this operand is wanted; what is not wanted need not be computed. */
  boolean needs(int input);

  /** Appends an op and returns its first output. */
  Tensor apply(Op op, Tensor... inputs);

  /**
   * Contributes to the gradient of an operand: the first contribution is assigned, later ones add.
   */
  void add(int input, Tensor gradient);

  /**
   * Appends {@code op}, if the gradient of operand {@code input} is wanted, as its contribution.
   */
  default void add(int input, Op op, Tensor... inputs) {
    if (needs(input)) {
      add(input, apply(op, inputs));
    }
  }
}
