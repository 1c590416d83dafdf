package engram.cl.strategy;

import engram.cl.task.Examples;
import engram.nn.train.Objective;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Importance of parameters from the gradients of single images. */
final class GradientImportance {
  /** Images that are looked at; each costs a backward pass of its own. */
  private static final int IMAGES = 200;

  private GradientImportance() {}

  /**
   * Mean over images, evenly spaced in what was trained on, of a measure of the gradient: one value
   * for each parameter.
   */
  static float[] of(TaskEnd end, Objective objective, DoubleUnaryOperator measure) {
    Examples all = end.trained();
    int count = Math.min(IMAGES, all.size());
    int[] spaced =
        IntStream.range(0, count).map(i -> (int) ((long) i * all.size() / count)).toArray();
    double[] sums = new double[end.network().parameters().layout().elements()];
    end.gradients(
        objective,
        all.select(spaced),
        gradient -> {
          for (int i = 0; i < sums.length; i++) {
            sums[i] += measure.applyAsDouble(gradient[i]);
          }
        });
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] / count);
    }
    return means;
  }
}
