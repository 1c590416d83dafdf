package engram.cl.strategy;

import engram.cl.memory.Herding;
import engram.nn.train.Inference;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Classifies by the nearest class mean of features (Mensink et al. 2013; Rebuffi et al. 2017): rows
 * of features are scaled to length one, averaged over a class, and the mean is scaled to length one
 * again. The score of class k is then {@code features . mean[k]}, which orders classes as the
 * distance of the scaled features to the means does. A class without a mean is never the answer.
 */
public final class NearestMean implements Head {
  private final NavigableMap<Integer, float[]> means = new TreeMap<>();
  private int classes;

  /**
   * Sets the means of all classes that occur, in place of those they had; others keep theirs.
   *
   * @param features [images][features]
   * @param labels label of each image
   */
  public void learn(float[][] features, int[] labels) {
    NavigableMap<Integer, float[]> sums = new TreeMap<>();
    for (int i = 0; i < labels.length; i++) {
      float[] unit = Herding.normalised(features[i]);
      float[] sum = sums.computeIfAbsent(labels[i], label -> new float[unit.length]);
      for (int c = 0; c < unit.length; c++) {
        sum[c] += unit[c];
      }
    }
    sums.forEach((label, sum) -> means.put(label, Herding.normalised(sum)));
  }

  /** Says that scores are asked for labels 0 .. classes - 1. */
  public void expect(int newClasses) {
    classes = newClasses;
  }

  @Override
  public float[] scores(Inference.Batch ran, int images) {
    float[] features = ran.features().read();
    int columns = features.length / images;
    float[] scores = new float[images * classes];
    for (int i = 0; i < images; i++) {
      for (int k = 0; k < classes; k++) {
        float[] mean = means.get(k);
        scores[i * classes + k] =
            mean == null ? Float.NEGATIVE_INFINITY : CosineHead.dot(features, i * columns, mean);
      }
    }
    return scores;
  }
}
