package engram.cl.strategy;

import engram.nn.train.StepTape;
import engram.op.L2Normalize;
import engram.tensor.Tensor;

/** How far features have turned: LUCIR's less-forget constraint (Hou et al. 2019). */
final class TurnedFeatures {
  /** Scales rows to length one. */
  static final L2Normalize UNIT = new L2Normalize(1e-12f);

  private TurnedFeatures() {}

  /**
   * Mean over images of one minus the cosine of two rows, [1].
   *
   * @param features [N, features]
   * @param before what a teacher makes of the same images, [N, features]
   */
  static Tensor of(StepTape step, Tensor features, Tensor before) {
    Tensor products = step.multiply(step.apply(UNIT, features), step.apply(UNIT, before));
    Tensor sum = step.sum(products);
    return step.affine(-1f / features.shape().dim(0), sum, 1);
  }
}
