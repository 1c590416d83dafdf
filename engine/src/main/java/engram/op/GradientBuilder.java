package engram.op;

import engram.tensor.Tensor;
import java.util.function.Supplier;

/**
 * What an op sees while its gradient is recorded: its own operands and the gradient of its first
 * output. Only output 0 of an op carries a gradient; further outputs are by-products such as the
 * indices of maxima.
 */
public interface GradientBuilder extends Recorder {
  /** Operand {@code index} of the op. */
  Tensor input(int index);

  /** Result {@code index} of the op. */
  Tensor output(int index);

  /** Gradient of the loss with respect to output 0. */
  Tensor outputGradient();

  /** Whether a gradient for this operand is wanted; what is not wanted need not be computed. */
  boolean needs(int input);

  /**
   * Contributes to the gradient of an operand, where that is wanted: the first contribution is
   * assigned, later ones are added.
   */
  void contribute(int input, Tensor gradient);

  /** Contributes what {@code gradient} appends; it is asked only where it is wanted. */
  default void contribute(int input, Supplier<Tensor> gradient) {
    if (needs(input)) {
      contribute(input, gradient.get());
    }
  }

  /** Contributes the first output of {@code op}, which is appended only where it is wanted. */
  default void contribute(int input, Op op, Tensor... inputs) {
    contribute(input, () -> apply(op, inputs));
  }
}
