package engram.cl.strategy;

import static engram.tensor.Shape.shape;

import engram.nn.train.StepTape;
import engram.tensor.Tensor;

/**
 * Cross-entropy of sigmoids, written as softmax over the pairs (logit, 0): {@code sigmoid(x) =
 * softmax(x, 0)[0]}. It stays finite for any logit.
 */
final class BinaryCrossEntropy {
  private BinaryCrossEntropy() {}

  /**
   * Mean over all elements of {@code -t log sigmoid(x) - (1 - t) log(1 - sigmoid(x))}, [1].
   *
   * @param logits x, any shape
   * @param targets pairs (t, 1 - t), [elements of x, 2]
   */
  static Tensor of(StepTape step, Tensor logits, Tensor targets) {
    return step.softCrossEntropy(pairs(step, logits), targets);
  }

  /** The pairs (x, 0), [elements of x, 2]. */
  static Tensor pairs(StepTape step, Tensor logits) {
    Tensor column = step.reshape(logits, shape(logits.shape().elements(), 1));
    return step.concat(1, column, step.affine(0, column, 0));
  }
}
