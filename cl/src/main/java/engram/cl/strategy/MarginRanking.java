package engram.cl.strategy;

import static engram.tensor.Shape.shape;

import engram.nn.train.StepTape;
import engram.tensor.Shape;
import engram.tensor.Tensor;

/** A hinge on the margin by which the score of an image's class should lead those of others. */
final class MarginRanking {
  private MarginRanking() {}

  /**
   * Mean over images of the sum over classes k from {@code first} to {@code end - 1} of {@code
   * max(0, margin - score[label] + score[k])}, [1]. The image's own class is not to be among these.
   *
   * @param scores [images, classes]
   * @param labels as {@link OneHot}, [images, classes]
   */
  static Tensor of(StepTape step, Tensor scores, Tensor labels, int first, int end, float margin) {
    int images = scores.shape().dim(0);
    Shape ofOthers = shape(images, end - first);
    Tensor ofLabel = step.sum(step.multiply(scores, labels), 1);
    Tensor others = step.narrow(scores, 1, first, ofOthers.dim(1));
    Tensor lead = step.subtract(others, step.repeatColumns(ofLabel, ofOthers));
    Tensor hinge = step.relu(step.shift(lead, margin));
    return step.scale(1.0 / images, step.sum(hinge));
  }
}
