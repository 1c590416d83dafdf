package engram.cl.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.random.CounterRandom;
import org.junit.jupiter.api.Test;

class BiasCorrectionTest {
  private static final int IMAGES = 40;
  private final float[][] logits = new float[IMAGES][5];
  private final int[] labels = new int[IMAGES];

  BiasCorrectionTest() {
    CounterRandom random = CounterRandom.of(1, "logits");
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = i % 5;
      for (int k = 0; k < 5; k++) {
        double signal = k == labels[i] ? 1 : 0;
        logits[i][k] = (float) (random.normal(5L * i + k) + signal + (k >= 3 ? 3 : 0));
      }
    }
  }

  @Test
  void noOtherCorrectionHasASmallerLoss() {
    BiasCorrection best = BiasCorrection.fit(logits, labels, 3);
    double least = best.loss(logits, labels, 3);
    for (double da : new double[] {-1e-3, 0, 1e-3}) {
      for (double db : new double[] {-1e-3, 0, 1e-3}) {
        BiasCorrection near = new BiasCorrection(best.alpha() + da, best.beta() + db);
        assertTrue(near.loss(logits, labels, 3) >= least, () -> near + " is better than " + best);
      }
    }
    assertTrue(least < new BiasCorrection(1, 0).loss(logits, labels, 3) - 0.1);
    assertTrue(best.beta() < -1, () -> "new classes were raised by 3: " + best);
  }

  /** Two images, one old and one new class, logits (0, 4) for both: only p = 1/2 is right. */
  @Test
  void handWorkedCase() {
    float[][] same = {{0, 4}, {0, 4}};
    BiasCorrection best = BiasCorrection.fit(same, new int[] {0, 1}, 1);
    assertEquals(0, 4 * best.alpha() + best.beta(), 0.02);
  }

  @Test
  void separableImagesGiveFiniteNumbers() {
    float[][] apart = {{9, -9}, {-9, 9}};
    BiasCorrection best = BiasCorrection.fit(apart, new int[] {0, 1}, 1);
    assertTrue(Math.abs(best.alpha()) < 10 && Math.abs(best.beta()) < 10, best::toString);
  }
}
