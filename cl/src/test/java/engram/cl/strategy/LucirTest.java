package engram.cl.strategy;

import static engram.cl.strategy.Formulas.cosine;
import static engram.cl.strategy.Formulas.crossEntropy;
import static engram.cl.strategy.Formulas.turned;
import static org.junit.jupiter.api.Assertions.assertEquals;

import engram.cl.memory.BalancedReservoir;
import engram.cl.memory.MemoryBuffer;
import engram.nn.train.TrainingOptions;
import engram.random.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Loss, gradient and answers of LUCIR, against its formula in plain loops. */
class LucirTest {
  private static final int FRESH = 5;

  private final MemoryBuffer memory =
      new BalancedReservoir(7, StrategyProbe.PIXELS, CounterRandom.of(1, "reservoir"));

  @Test
  void lucirComparesCosinesAndHoldsTheDirectionOfFeatures() {
    Lucir strategy = new Lucir(memory, 4, 5, 0.5f);
    StrategyProbe probe = new StrategyProbe(strategy).begin();
    probe.assertStep(
        FRESH, net -> crossEntropy(scaled(cosines(net, probe.images()), 4), probe.labels()));
    probe.end().begin().disturb(1);
    probe.assertStep(
        FRESH,
        net -> {
          double[][] cosines = cosines(net, probe.images());
          double ranking = 0;
          for (int i = FRESH; i < 2 * FRESH; i++) {
            for (int k = 3; k < 5; k++) {
              ranking += Math.max(0, 0.5 - cosines[i][probe.labels()[i]] + cosines[i][k]) / FRESH;
            }
          }
          // The features are the pixels, so that those of the teacher have the same direction.
          return crossEntropy(scaled(cosines, 4), probe.labels()) + ranking;
        });

    double[][] image = {{0.1, 0.9, 0.3, 0.4, 0.2, 0.8}};
    double length = Math.sqrt(0.01 + 0.81 + 0.09 + 0.16 + 0.04 + 0.64);
    float[] scores = probe.scores(0.1f, 0.9f, 0.3f, 0.4f, 0.2f, 0.8f);
    double[] expected = cosines(LinearNet.of(probe.network), image)[0];
    for (int k = 0; k < 5; k++) {
      assertEquals(expected[k] * length, scores[k], 1e-5);
    }
  }

  /**
   * A share of each label is spread over all classes, so the loss is that of both in their shares.
   */
  @Test
  void labelsAreSmoothedOverTheCosines() {
    StrategyProbe probe = new StrategyProbe(new Lucir(memory, 4, 5, 0.5f)).begin();
    probe.assertStep(
        FRESH,
        new TrainingOptions().withLabelSmoothing(0.2f),
        net -> {
          double[][] logits = scaled(cosines(net, probe.images()), 4);
          int classes = logits[0].length;
          double even = 0;
          for (int k = 0; k < classes; k++) {
            int[] all = new int[FRESH];
            Arrays.fill(all, k);
            even += crossEntropy(logits, all) / classes;
          }
          return 0.8 * crossEntropy(logits, probe.labels()) + 0.2 * even;
        });
  }

  /** Without a memory there is no margin; three of five classes are old. */
  @Test
  void featuresMayNotTurn() {
    MemoryBuffer none =
        new BalancedReservoir(0, StrategyProbe.PIXELS, CounterRandom.of(1, "reservoir"));
    StrategyProbe probe = StrategyProbe.withHiddenLayer(new Lucir(none, 4, 5, 0.5f)).begin().end();
    double[] old = probe.flatParameters();
    probe.begin().disturb(1);
    probe.assertFlatStep(
        FRESH,
        flat -> {
          double[][] features = probe.hidden(flat, probe.images());
          double[][] logits = new double[FRESH][5];
          for (int i = 0; i < FRESH; i++) {
            for (int k = 0; k < 5; k++) {
              logits[i][k] = 4 * cosine(features[i], probe.row(flat, k));
            }
          }
          return crossEntropy(logits, probe.labels())
              + 5 * Math.sqrt(3 / 2.0) * turned(features, probe.hidden(old, probe.images()));
        });
  }

  private static double[][] cosines(LinearNet net, double[][] images) {
    double[][] cosines = new double[images.length][net.bias().length];
    for (int i = 0; i < images.length; i++) {
      for (int k = 0; k < net.bias().length; k++) {
        cosines[i][k] = cosine(images[i], net.weight()[k]);
      }
    }
    return cosines;
  }

  private static double[][] scaled(double[][] rows, double factor) {
    double[][] scaled = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      scaled[i] = Arrays.stream(rows[i]).map(v -> v * factor).toArray();
    }
    return scaled;
  }
}
