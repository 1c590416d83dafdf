package engram.cl.strategy;

import engram.cl.memory.Herding;
import engram.cl.state.State;
import engram.cl.state.Stateful;
import engram.nn.Network;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Classifies by the nearest class mean of features (Mensink et al. 2013; Rebuffi et al. 2017): rows
 * of features are scaled to length one, averaged over a class, and the mean is scaled to length one
 * again. The score of class k is then {@code features . mean[k]}, which orders classes as the
 * distance of the scaled features to the means does. A class without a mean is never the answer.
 */
public final class NearestMean implements Stateful {
  /** Smaller than every score of a class that has a mean. */
  private static final float NEVER = -Float.MAX_VALUE;

  private final NavigableMap<Integer, float[]> means = new TreeMap<>();

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

  @Override
  public void state(State state) {
    state.rows("means", means);
  }

  /** A copy of a network that answers by the means: they are the rows of its classifier. */
  Network on(Network network) {
    float[][] rows = new float[network.classes()][network.model().classifier().in()];
    means.forEach((label, mean) -> rows[label] = mean);
    LinearClassifier classifier = LinearClassifier.of(rows);
    for (int k = 0; k < rows.length; k++) {
      classifier.bias()[k] = means.containsKey(k) ? 0 : NEVER;
    }
    return classifier.on(network);
  }
}
