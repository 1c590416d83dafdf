package engram.cl.strategy;

import static engram.tensor.Shape.shape;

import engram.nn.train.StepTape;
import engram.op.Affine;
import engram.op.Expand;
import engram.op.Narrow;
import engram.op.Reduce;
import engram.op.Relu;
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
    Tensor label = step.apply(Reduce.sum(1), step.multiply(scores, own));
    Tensor others = step.apply(new Narrow(1, first, ofOthers.dim(1)), scores);
    Tensor lead = step.subtract(others, step.apply(new Expand(1, 1, ofOthers), label));
    Tensor hinge = step.apply(new Relu(), step.apply(new Affine(1, margin), lead));
    return step.scale(1.0 / images, step.apply(Reduce.sumOfAll(ofOthers), hinge));
  }
}
