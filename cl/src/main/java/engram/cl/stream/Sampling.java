package engram.cl.stream;

import engram.cl.task.Examples;
import engram.random.CounterRandom;
import java.util.Locale;

/**
 * How often an epoch meets each class, as (images of the class)^q among all (Kang et al. 2020,
 * <i>Decoupling representation and classifier for long-tailed recognition</i>). An epoch always has
 * as many images as there are.
 */
public enum Sampling {
  /** Each image once, q = 1. */
  INSTANCE(1),

  /**
   * A class with four times as many images twice as often, q = 1/2. Images of few come several
   * times, of many not all come; which ones changes with each epoch.
   */
  SQUARE_ROOT(0.5),

  /** All classes alike, q = 0. */
  CLASS(0);

  private final double exponent;

  Sampling(double exponent) {
    this.exponent = exponent;
  }

  /**
   * Indices of the examples of one epoch, in its order.
   *
   * @param random numbers for this epoch alone
   */
  int[] order(Examples examples, CounterRandom random) {
    int[] all = random.permutation(examples.size());
    if (this == INSTANCE) {
      return all;
    }
    int[] left = wanted(examples);
    int[] chosen = new int[all.length];
    int count = 0;
    while (count < chosen.length) {
      for (int i : all) {
        if (left[examples.label(i)]-- > 0) {
          chosen[count++] = i;
        }
      }
    }
    int[] places = random.split(1).permutation(chosen.length);
    for (int i = 0; i < places.length; i++) {
      places[i] = chosen[places[i]];
    }
    return places;
  }

  /** Images of each label in an epoch, as many in all as there are examples. */
  private int[] wanted(Examples examples) {
    int[] counts = new int[examples.labels().max().orElse(-1) + 1];
    examples.labels().forEach(label -> counts[label]++);
    double[] weights = new double[counts.length];
    double sum = 0;
    for (int label = 0; label < counts.length; label++) {
      weights[label] = counts[label] == 0 ? 0 : StrictMath.pow(counts[label], exponent);
      sum += weights[label];
    }
    // Rounded where each ends, not how long it is, so that all of them together are right.
    double end = 0;
    long done = 0;
    for (int label = 0; label < counts.length; label++) {
      end += weights[label];
      long upTo = Math.round(end / sum * examples.size());
      counts[label] = (int) (upTo - done);
      done = upTo;
    }
    return counts;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
