package engram.cl.strategy;

import engram.nn.train.StepTape;
import engram.tensor.Tensor;

/** How far features turned from those of the teacher: LUCIR's less-forget constraint. */
final class TurnedFeatures {
  private TurnedFeatures() {}

  /**
   * Mean over images of one minus the cosine of two rows, [1].
   *
   * @param features [N, features]
   * @param before what a teacher makes of the same images, [N, features]
   */
  static Tensor of(StepTape step, Tensor features, Tensor before) {
    Tensor products = step.multiply(step.normalize(features), step.normalize(before));
    return step.affine(-1f / features.shape().dim(0), step.sum(products), 1);
  }
}
