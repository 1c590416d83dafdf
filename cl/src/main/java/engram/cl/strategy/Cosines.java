package engram.cl.strategy;

import engram.cl.memory.Herding;
import engram.nn.Network;
import engram.nn.train.StepTape;
import engram.tensor.Tensor;
import java.util.Arrays;

/**
 * A linear classifier read as cosines of features and its rows, so that the norm of neither counts;
 * its biases are not used (Hou et al. 2019).
 */
final class Cosines {
  private Cosines() {}

  /**
   * Cosines of an image's features and each class's row, [N, classes].
   *
   * @param features of length one, [N, features]
   * @param classifier name of the layer
   */
  static Tensor of(StepTape step, Tensor features, String classifier) {
    Tensor rows = step.normalize(step.network().parameter(classifier + ".weight"));
    return step.matmul(features, step.transposed(rows));
  }

  /** The largest cosine: a classifier with rows of length one and no offsets answers so. */
  static Predictor predictor(Network trained) {
    LinearClassifier learnt = LinearClassifier.of(trained);
    float[][] rows = new float[trained.classes()][];
    for (int k = 0; k < rows.length; k++) {
      int from = k * learnt.features();
      rows[k] =
          Herding.normalised(Arrays.copyOfRange(learnt.weight(), from, from + learnt.features()));
    }
    return Predictor.linear(LinearClassifier.of(rows).on(trained));
  }
}
