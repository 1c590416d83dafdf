package engram.cl.strategy;

import engram.cl.stream.Batch;
import engram.random.CounterRandom;
import java.util.Arrays;

/**
 * CutMix (Yun et al. 2019): a box of each image is replaced by the same box of another image of the
 * batch, and the label becomes a mixture by area. The box has the share 1 - lambda of the area,
 * lambda uniform in [0, 1), a uniform centre, and is cut off at the border.
 */
final class CutMix {
  private int[] partner = {};
  private double kept = 1;

  /** No mixture. */
  void clear() {
    kept = 1;
  }

  /** Mixes the images of a batch, [height, width, channels] each. */
  void apply(Batch batch, int height, int width, CounterRandom random) {
    partner = random.permutation(batch.size());
    CounterRandom box = random.split(1);
    double side = Math.sqrt(1 - box.uniformDouble(0));
    int halfHeight = (int) (height * side) / 2;
    int halfWidth = (int) (width * side) / 2;
    int y = box.below(height, 1);
    int x = box.below(width, 2);
    int top = Math.max(0, y - halfHeight);
    int bottom = Math.min(height, y + halfHeight);
    int left = Math.max(0, x - halfWidth);
    int right = Math.min(width, x + halfWidth);
    int elements = batch.pixels().length / batch.capacity();
    int channels = elements / (height * width);
    float[] before = Arrays.copyOf(batch.pixels(), batch.size() * elements);
    for (int i = 0; i < batch.size(); i++) {
      for (int row = top; row < bottom; row++) {
        int at = (row * width + left) * channels;
        System.arraycopy(
            before,
            partner[i] * elements + at,
            batch.pixels(),
            i * elements + at,
            (right - left) * channels);
      }
    }
    kept = 1 - (double) (bottom - top) * (right - left) / (height * width);
  }

  /** Fills the target probabilities of the batch, [images, classes]. */
  void targets(Batch batch, float[] targets) {
    int classes = targets.length / batch.size();
    Arrays.fill(targets, 0);
    for (int i = 0; i < batch.size(); i++) {
      targets[i * classes + batch.labels()[i]] += (float) kept;
      if (kept < 1) {
        targets[i * classes + batch.labels()[partner[i]]] += (float) (1 - kept);
      }
    }
  }
}
