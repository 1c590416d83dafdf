package engram.cl.strategy;

import static engram.tensor.Shape.shape;

import engram.nn.train.StepTape;
import engram.tensor.Shape;
import engram.tensor.Tensor;

/** Terms of losses that several strategies have. */
final class Terms {
  private Terms() {}

  /**
   * A hinge on the margin by which the score of an image's class should lead those of others: mean
   * over images of the sum over classes k from {@code first} to {@code end - 1} of {@code max(0,
   * margin - score[label] + score[k])}, [1]. The image's own class is not to be among these.
   *
   * @param scores [images, classes]
   * @param labels as {@link OneHot}, [images, classes]
   */
  static Tensor margin(
      StepTape step, Tensor scores, Tensor labels, int first, int end, float margin) {
    int images = scores.shape().dim(0);
    Shape ofOthers = shape(images, end - first);
    Tensor ofLabel = step.sum(step.multiply(scores, labels), 1);
    Tensor others = step.narrow(scores, 1, first, ofOthers.dim(1));
    Tensor lead = step.subtract(others, step.repeatColumns(ofLabel, ofOthers));
    Tensor hinge = step.relu(step.shift(lead, margin));
    return step.scale(1.0 / images, step.sum(hinge));
  }

  /**
   * Zero times the sum of a parameter that a loss does not use, [1]: a step needs a gradient for
   * each.
   */
  static Tensor unused(StepTape step, String name) {
    Tensor values = step.network().parameter(name);
    return step.scale(0, step.sum(values));
  }

  /** Zero times the sum of the weights and biases of a linear layer, [1]. */
  static Tensor unusedLinear(StepTape step, String layer) {
    return step.add(unused(step, layer + ".weight"), unused(step, layer + ".bias"));
  }
}
