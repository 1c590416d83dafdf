package engram.cl.strategy;

import static engram.cl.strategy.Formulas.crossEntropy;
import static engram.cl.strategy.StrategyProbe.inSecondTask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.memory.BalancedReservoir;
import engram.cl.memory.MemoryBuffer;
import engram.nn.optim.Sgd;
import engram.nn.train.Trainer;
import engram.random.CounterRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The projection of A-GEM, against numeric gradients. */
class AGemTest {
  private static final int FRESH = 5;

  private final MemoryBuffer memory =
      new BalancedReservoir(7, StrategyProbe.PIXELS, CounterRandom.of(1, "reservoir"));

  @Test
  void aGemTakesOutWhatWouldRaiseTheLossOnMemory() {
    AGem strategy = new AGem(memory);
    StrategyProbe probe = inSecondTask(strategy);
    Trainer trainer = new Trainer(probe.network, strategy, new Sgd(0));
    trainer.learningRate(0);
    var step = probe.fill(trainer, FRESH, 3);
    step.run();
    LinearNet net = LinearNet.of(probe.network);
    assertEquals(
        crossEntropy(net.logits(probe.images()), probe.labels(), 0, FRESH, 0, 5),
        step.loss(),
        1e-5);

    double[] fresh = numeric(net, probe, 0, FRESH);
    double[] reference = numeric(net, probe, FRESH, 2 * FRESH);
    double dot = 0;
    double length = 0;
    for (int p = 0; p < fresh.length; p++) {
      dot += fresh[p] * reference[p];
      length += reference[p] * reference[p];
    }
    assertTrue(dot < -1e-3, "the case should be one of harm, g . r is " + dot);
    LinearNet gradient = LinearNet.of(probe.network, trainer.optimiser().gradients().read());
    for (int p = 0; p < fresh.length; p++) {
      assertEquals(fresh[p] - dot / length * reference[p], gradient.get(p), 1e-5, "parameter " + p);
    }
  }

  @Test
  void aGemLeavesAGradientThatDoesNoHarm() {
    AGem strategy = new AGem(memory);
    StrategyProbe probe = new StrategyProbe(strategy).begin().end();
    probe.begin();
    double[][] weight = new double[5][StrategyProbe.PIXELS];
    new LinearNet(weight, new double[] {0, 0, 0, 9, -9}).into(probe.network);
    // All images are taken for class 3, so images of class 4 and memory both pull its bias down.
    var trainer = new Trainer(probe.network, strategy, new Sgd(0));
    trainer.learningRate(0);
    var step = probe.fill(trainer, 2, 3);
    step.targets().write(4, 4, probe.labels()[2], probe.labels()[3]);
    step.run();
    LinearNet gradient = LinearNet.of(probe.network, trainer.optimiser().gradients().read());
    assertEquals(1, gradient.bias()[3], 1e-3);
    assertEquals(-1, gradient.bias()[4], 1e-3);
    assertEquals(0, gradient.bias()[0], 1e-3);
  }

  private static double[] numeric(LinearNet net, StrategyProbe probe, int first, int end) {
    double by = 1e-5;
    StrategyProbe.Expected loss =
        at -> crossEntropy(at.logits(probe.images()), probe.labels(), first, end, 0, 5);
    return IntStream.range(0, net.size())
        .mapToDouble(p -> (loss.loss(net.moved(p, by)) - loss.loss(net.moved(p, -by))) / (2 * by))
        .toArray();
  }
}
