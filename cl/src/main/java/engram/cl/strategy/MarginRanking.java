package engram.cl.strategy;

import static engram.tensor.Shape.shape;

import engram.nn.train.StepTape;
import engram.op.Expand;
import engram.tensor.Shape;
import engram.tensor.Tensor;

/** A hinge on the lead that an image's own class should have over others. */
final class MarginRanking {
  private MarginRanking() {}

  /**
   * Mean over images of the sum over classes k from {@code first} to {@code end - 1} of {@code
   * max(0, margin - score[label] + score[k])}, [1]. The image's own class is not to be among these.
   *
   * @param scores [images, classes]
   * @param own 1 at the label of each image, 0 elsewhere, [images, classes]; see {@link OwnClass}
   */
  static Tensor of(StepTape step, Tensor scores, Tensor own, int first, int end, float margin) {
    int images = scores.shape().dim(0);
    Shape ofOthers = shape(images, end - first);
    Tensor label = step.sum(step.multiply(scores, own), 1);
    Tensor others = step.narrow(scores, 1, first, ofOthers.dim(1));
    Tensor lead = step.subtract(others, step.apply(new Expand(1, 1, ofOthers), label));
    Tensor hinge = step.relu(step.shift(lead, margin));
    return step.scale(1.0 / images, step.sum(hinge));
  }
}
