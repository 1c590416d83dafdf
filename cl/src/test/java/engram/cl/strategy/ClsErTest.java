package engram.cl.strategy;

import static engram.cl.strategy.Formulas.crossEntropy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import engram.cl.memory.BalancedReservoir;
import engram.cl.memory.MemoryBuffer;
import engram.random.CounterRandom;
import org.junit.jupiter.api.Test;

/** The moving averages of CLS-ER, its loss and its gradient, worked out in plain loops. */
class ClsErTest {
  private static final int FRESH = 5;

  private final MemoryBuffer memory =
      new BalancedReservoir(7, StrategyProbe.PIXELS, CounterRandom.of(1, "reservoir"));

  @Test
  void clsErKeepsTheLogitsOfTheAverageThatIsSurer() {
    MovingAverage.Rate always = new MovingAverage.Rate(0, 1);
    MovingAverage.Rate slow = new MovingAverage.Rate(0.9, 1);
    ClsEr strategy = new ClsEr(memory, 0.2f, always, slow, CounterRandom.of(1, "averages"));
    StrategyProbe probe = new StrategyProbe(strategy).begin();
    LinearNet start = LinearNet.of(probe.network);
    strategy.afterStep(); // the first update copies the network
    probe.disturb(3);
    LinearNet later = LinearNet.of(probe.network);
    strategy.afterStep();
    LinearNet stable = LinearNet.of(strategy.predictor(probe.network).network());
    for (int p = 0; p < start.size(); p++) {
      // The decay of the second update is 1 - 1/2, not yet 0.9.
      assertEquals((start.get(p) + later.get(p)) / 2, stable.get(p), 1e-6);
    }

    probe.end().begin().disturb(1);
    LinearNet plasticGrown = grown(later, probe);
    LinearNet stableGrown = grown(stable, probe);
    probe.assertStep(
        FRESH,
        net -> {
          double[][] logits = net.logits(probe.images());
          double mse = 0;
          for (int i = FRESH; i < 2 * FRESH; i++) {
            double[] quick = plasticGrown.logits(probe.images()[i]);
            double[] slowly = stableGrown.logits(probe.images()[i]);
            int label = probe.labels()[i];
            boolean quickIsSurer =
                crossEntropy(quick, label, 0, 5) < crossEntropy(slowly, label, 0, 5);
            for (int k = 0; k < 5; k++) {
              double z = quickIsSurer ? quick[k] : slowly[k];
              mse += (logits[i][k] - z) * (logits[i][k] - z) / (5 * FRESH);
            }
          }
          return crossEntropy(logits, probe.labels()) + 0.2 * mse;
        });
  }

  /** The rows of new classes are those with which the network began the task. */
  private static LinearNet grown(LinearNet old, StrategyProbe probe) {
    LinearNet average = LinearNet.of(probe.strategy.predictor(probe.network).network());
    double[][] weight = average.weight().clone();
    double[] bias = average.bias().clone();
    for (int k = 0; k < old.bias().length; k++) {
      weight[k] = old.weight()[k];
      bias[k] = old.bias()[k];
    }
    return new LinearNet(weight, bias);
  }
}
