package engram.cl.strategy;

import static engram.cl.strategy.Formulas.crossEntropy;
import static engram.cl.strategy.Formulas.distillation;
import static engram.cl.strategy.Formulas.turned;
import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;

import engram.backend.reference.ReferenceBackend;
import engram.cl.memory.BalancedReservoir;
import engram.cl.memory.MemoryBuffer;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.Flatten;
import engram.nn.layer.Linear;
import engram.nn.optim.Sgd;
import engram.nn.train.Objective;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingStep;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BalancedKdTest {
  private static final int FRESH = 5;

  private static StrategyProbe probe(int buffer) {
    MemoryBuffer memory =
        new BalancedReservoir(buffer, StrategyProbe.PIXELS, CounterRandom.of(1, "reservoir"));
    return new StrategyProbe(new BalancedKd(memory, 1));
  }

  /** Cross-entropy of logits to each of which the logarithm of its class's count is added. */
  private static double adjusted(double[][] logits, int[] labels, double[] counts) {
    double[][] moved = new double[logits.length][];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = logits[i].clone();
      for (int k = 0; k < counts.length; k++) {
        moved[i][k] += Math.log(counts[k]);
      }
    }
    return crossEntropy(moved, labels);
  }

  @Test
  void inTheFirstTaskItIsFineTuning() {
    StrategyProbe probe = probe(6).begin();
    probe.assertStep(FRESH, net -> crossEntropy(net.logits(probe.images()), probe.labels()));
  }

  /**
   * Five new images of two equally frequent classes are 2.5 of each; five of the six in memory, two
   * of each old class, are 5/3 of each. Three of five classes are old. The features are the pixels,
   * which have not turned.
   */
  @Test
  void countsAreTakenOutOfTheLogitsAndOldAnswersAreHeld() {
    StrategyProbe probe = probe(6).begin().end();
    LinearNet old = LinearNet.of(probe.network);
    probe.begin().disturb(1);
    double[] counts = {5 / 3.0, 5 / 3.0, 5 / 3.0, 2.5, 2.5};
    probe.assertStep(
        FRESH,
        net -> {
          double[][] logits = net.logits(probe.images());
          return adjusted(logits, probe.labels(), counts)
              + 3 / 5.0 * distillation(logits, old.logits(probe.images()), 0, 3);
        });
    assertEquals(2 * FRESH, probe.batch.size());
  }

  /** What no batch holds is hardly pushed down: its logit counts as if it were lower by far. */
  @Test
  void classesWithoutAnImageCountAsAThousandth() {
    StrategyProbe probe = probe(0).begin().end();
    LinearNet old = LinearNet.of(probe.network);
    probe.begin().disturb(1);
    double[] counts = {0.001, 0.001, 0.001, 2.5, 2.5};
    probe.assertStep(
        FRESH,
        net -> {
          double[][] logits = net.logits(probe.images());
          return adjusted(logits, probe.labels(), counts)
              + 3 / 5.0 * distillation(logits, old.logits(probe.images()), 0, 3);
        });
  }

  @Test
  void featuresMayNotTurn() {
    MemoryBuffer none =
        new BalancedReservoir(0, StrategyProbe.PIXELS, CounterRandom.of(1, "reservoir"));
    StrategyProbe probe = StrategyProbe.withHiddenLayer(new BalancedKd(none, 2)).begin().end();
    double[] old = probe.flatParameters();
    double[][] oldRows = {probe.row(old, 0), probe.row(old, 1), probe.row(old, 2)};
    double[] oldBias = biases(probe, old);
    probe.begin().disturb(1);
    double[] counts = {0.001, 0.001, 0.001, 2.5, 2.5};
    probe.assertFlatStep(
        FRESH,
        flat -> {
          double[][] features = probe.hidden(flat, probe.images());
          double[][] before = probe.hidden(old, probe.images());
          double[][] rows = new double[5][];
          Arrays.setAll(rows, k -> probe.row(flat, k));
          double[][] logits = new LinearNet(rows, biases(probe, flat)).logits(features);
          double[][] opinion = new LinearNet(oldRows, oldBias).logits(before);
          return adjusted(logits, probe.labels(), counts)
              + 3 / 5.0 * distillation(logits, opinion, 0, 3)
              + 2 * Math.sqrt(3 / 2.0) * turned(features, before);
        });
  }

  private static double[] biases(StrategyProbe probe, double[] flat) {
    int from = probe.network.parameters().layout().slot("fc.bias").offset();
    return Arrays.copyOfRange(flat, from, from + probe.network.classes());
  }

  /** (3, 4) and (4, 3) have a cosine of 24 / 25, (0, 2) and (0, 5) one of 1: the mean is 0.02. */
  @Test
  void turningIsMeasuredByDirectionNotByLength() {
    Sequential model = Sequential.of(shape(1, 1, 2), new Flatten(), new Linear(2, 1).named("fc"));
    Network network = Network.create(model, new ReferenceBackend(), 1);
    Objective objective =
        step -> {
          Tensor logits = step.forward().logits();
          Tensor unused = step.sum(logits);
          Tensor turned =
              Teacher.turned(step, step.forward().features(), step.input("before", shape(2, 2)));
          return step.add(step.scale(0, unused), turned);
        };
    TrainingStep step = new Trainer(network, objective, new Sgd(0)).step(2);
    step.inputs().write(new float[] {3, 4, 0, 2});
    step.targets().write(new float[] {0, 0});
    step.input("before").write(new float[] {4, 3, 0, 5});
    step.run();
    assertEquals(0.02, step.loss(), 1e-6);
  }
}
