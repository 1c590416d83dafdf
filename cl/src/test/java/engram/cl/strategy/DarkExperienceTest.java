package engram.cl.strategy;

import static engram.cl.strategy.Formulas.crossEntropy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import engram.cl.memory.BalancedReservoir;
import engram.cl.memory.MemoryBuffer;
import engram.cl.task.Examples;
import engram.random.CounterRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Loss and gradient of DER and DER++, against their formulas in plain loops. */
class DarkExperienceTest {
  private static final int FRESH = 5;

  private final MemoryBuffer memory =
      new BalancedReservoir(7, StrategyProbe.PIXELS, CounterRandom.of(1, "reservoir"));

  @Test
  void derMatchesTheLogitsStoredAtTheEndOfAnImagesTask() {
    StrategyProbe probe =
        new StrategyProbe(DarkExperience.der(memory, 0.3f)).begin().disturb(2).end();
    LinearNet atInsertion = LinearNet.of(probe.network);
    probe.begin().disturb(1);
    probe.assertStep(
        FRESH,
        net -> {
          double[][] logits = net.logits(probe.images());
          return crossEntropy(logits, probe.labels(), 0, FRESH, 0, 5)
              + 0.3
                  * squares(logits, atInsertion.logits(probe.images()), FRESH, 2 * FRESH)
                  / (5 * FRESH);
        });
  }

  @Test
  void derPlusPlusAddsCrossEntropyOnASecondDraw() {
    StrategyProbe probe =
        new StrategyProbe(DarkExperience.derPlusPlus(memory, 0.3f, 0.5f)).begin().end();
    LinearNet atInsertion = LinearNet.of(probe.network);
    probe.begin().disturb(1);
    probe.assertStep(
        FRESH,
        net -> {
          double[][] logits = net.logits(probe.images());
          return crossEntropy(logits, probe.labels(), 0, FRESH, 0, 5)
              + 0.3
                  * squares(logits, atInsertion.logits(probe.images()), FRESH, 2 * FRESH)
                  / (5 * FRESH)
              + 0.5 * crossEntropy(logits, probe.labels(), 2 * FRESH, 3 * FRESH, 0, 5);
        });
    assertEquals(3 * FRESH, probe.batch.size());
  }

  @Test
  void derKeepsTheLogitsOfAnImageWhenLaterTasksEnd() {
    StrategyProbe probe = new StrategyProbe(DarkExperience.der(memory, 0.3f)).begin().end();
    LinearNet first = LinearNet.of(probe.network);
    probe.begin().disturb(1).end();
    double[][] images = StrategyProbe.rows(memory.stored().examples());
    for (int slot = 0; slot < memory.stored().size(); slot++) {
      boolean old = memory.stored().label(slot) < 3;
      LinearNet net = old ? first : LinearNet.of(probe.network);
      double[] expected = net.logits(images[slot]);
      float[] noted = memory.stored().note(slot);
      assertEquals(expected.length, noted.length);
      for (int k = 0; k < noted.length; k++) {
        assertEquals(expected[k], noted[k], 1e-5);
      }
    }
  }

  @Test
  void onlineTheLogitsAreThoseOfTheStepAfterWhichAnImageCame() {
    Strategy strategy = DarkExperience.der(memory, 0.3f);
    strategy.remember(StrategyProbe.task(0).train(), answering(1));
    strategy.remember(StrategyProbe.task(1).train(), answering(2));
    for (int slot = 0; slot < memory.stored().size(); slot++) {
      float when = memory.stored().label(slot) < 3 ? 1 : 2;
      assertArrayEquals(new float[] {when}, memory.stored().note(slot));
    }
  }

  private static Readout answering(float logit) {
    return new Readout() {
      @Override
      public float[][] features(Examples examples) {
        throw new AssertionError("a reservoir asks for no features");
      }

      @Override
      public float[][] logits(Examples examples) {
        float[][] rows = new float[examples.size()][1];
        for (float[] row : rows) {
          row[0] = logit;
        }
        return rows;
      }
    };
  }

  /** Squared distance over all logits; one that is not stored is the smallest that is. */
  private static double squares(double[][] logits, double[][] stored, int first, int end) {
    double sum = 0;
    for (int i = first; i < end; i++) {
      double smallest = DoubleStream.of(stored[i]).min().orElseThrow();
      for (int k = 0; k < logits[i].length; k++) {
        double target = k < stored[i].length ? stored[i][k] : smallest;
        sum += (logits[i][k] - target) * (logits[i][k] - target);
      }
    }
    return sum;
  }
}
