package engram.cl.strategy;

import static engram.cl.strategy.Formulas.crossEntropy;
import static engram.cl.strategy.Formulas.distillation;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.strategy.OnlineEwc.Fisher;
import engram.cl.strategy.OnlineEwc.Labels;
import engram.cl.strategy.SynapticIntelligence.Path;
import engram.nn.optim.Sgd;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingStep;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Loss and gradient of the strategies that keep no images, against their formulas. */
class PenaltyLossesTest {
  private static final int FRESH = 5;

  @Test
  void lwfComparesNewClassesAmongThemselvesAndDistilsTheOld() {
    StrategyProbe probe = new StrategyProbe(new LearningWithoutForgetting(0.7f)).begin().end();
    LinearNet teacher = LinearNet.of(probe.network);
    probe.begin().disturb(1);
    probe.assertStep(
        FRESH,
        net -> {
          double[][] logits = net.logits(probe.images());
          return crossEntropy(logits, probe.labels(), 0, FRESH, 3, 5)
              + 0.7 * distillation(logits, teacher.logits(probe.images()), 0, 3);
        });
    assertEquals(FRESH, probe.batch.size());
  }

  @Test
  void firstTaskIsFineTuning() {
    for (Strategy strategy :
        new Strategy[] {
          new LearningWithoutForgetting(1),
          new OnlineEwc(10, 1),
          new SynapticIntelligence(1, 0.1f),
          new MemoryAwareSynapses(1)
        }) {
      StrategyProbe probe = new StrategyProbe(strategy).begin();
      probe.assertStep(FRESH, net -> crossEntropy(net.logits(probe.images()), probe.labels()));
    }
  }

  @Test
  void ewcHoldsParametersByTheMeanSquareOfTheGradient() {
    StrategyProbe probe = new StrategyProbe(new OnlineEwc(3, 0.5f)).begin();
    LinearNet first = LinearNet.of(probe.network);
    double[] fisher = meanOverImages(first, 0, 3, true);
    probe.end().begin().disturb(1);
    assertPenalty(probe, 3, fisher, first);

    // After the second task the old importance counts half, and rows of task 2 have one, too.
    LinearNet second = LinearNet.of(probe.network);
    double[] both = meanOverImages(second, 1, 5, true);
    for (int p = 0; p < fisher.length; p++) {
      both[p] += 0.5 * fisher[p];
    }
    probe.end().begin().disturb(2);
    assertPenalty(probe, 3, both, second);
  }

  @Test
  void masHoldsParametersByHowMuchTheyMoveTheOutput() {
    StrategyProbe probe = new StrategyProbe(new MemoryAwareSynapses(0.2f)).begin();
    LinearNet first = LinearNet.of(probe.network);
    double[] importance = meanOverImages(first, 0, 3, false);
    probe.end().begin().disturb(1);
    assertPenalty(probe, 0.2, importance, first);
  }

  @Test
  void siHoldsParametersByHowMuchTheyLoweredTheLoss() {
    double xi = 0.1;
    SynapticIntelligence strategy = new SynapticIntelligence(2, (float) xi);
    StrategyProbe probe = new StrategyProbe(strategy).begin();
    LinearNet start = LinearNet.of(probe.network);
    double[] path = new double[start.size()];
    train(probe, path, null, null);
    double[] importance = added(new double[path.length], path, start, probe, xi);
    LinearNet first = LinearNet.of(probe.network);
    probe.end().begin().disturb(1);
    assertPenalty(probe, 2, importance, first);
  }

  @Test
  void siLeavesThePenaltysOwnGradientOutOfThePath() {
    double xi = 0.1;
    SynapticIntelligence strategy = new SynapticIntelligence(2, (float) xi);
    StrategyProbe probe = new StrategyProbe(strategy).begin();
    LinearNet start = LinearNet.of(probe.network);
    double[] path = new double[start.size()];
    train(probe, path, null, null);
    double[] importance = added(new double[path.length], path, start, probe, xi);
    LinearNet anchor = LinearNet.of(probe.network);
    probe.end().begin();

    LinearNet secondStart = LinearNet.of(probe.network);
    double[] secondPath = new double[secondStart.size()];
    train(probe, secondPath, importance, anchor);
    double[] both = added(importance, secondPath, secondStart, probe, xi);
    LinearNet second = LinearNet.of(probe.network);
    probe.end().begin().disturb(1);
    assertPenalty(probe, 2, both, second);
  }

  /** Five steps of gradient descent; {@code path} gathers what each parameter contributes. */
  private static void train(
      StrategyProbe probe, double[] path, double[] importance, LinearNet anchor) {
    train(probe, 0.5f, path, importance, anchor);
  }

  private static void train(
      StrategyProbe probe, float rate, double[] path, double[] importance, LinearNet anchor) {
    Trainer trainer = new Trainer(probe.network, probe.strategy, new Sgd(0));
    trainer.learningRate(rate);
    for (int i = 0; i < 5; i++) {
      TrainingStep step = probe.fill(trainer, FRESH, i);
      LinearNet before = LinearNet.of(probe.network);
      step.run();
      LinearNet after = LinearNet.of(probe.network);
      LinearNet gradient = LinearNet.of(probe.network, trainer.optimiser().gradients().read());
      for (int p = 0; p < path.length; p++) {
        double ofPenalty =
            importance != null && p < importance.length
                ? 2 * 2 * importance[p] * (before.get(p) - anchor.get(p))
                : 0;
        path[p] -= (gradient.get(p) - ofPenalty) * (after.get(p) - before.get(p));
      }
    }
  }

  private static double[] added(
      double[] old, double[] path, LinearNet start, StrategyProbe probe, double xi) {
    double[] importance = new double[path.length];
    LinearNet now = LinearNet.of(probe.network);
    for (int p = 0; p < path.length; p++) {
      double way = now.get(p) - start.get(p);
      importance[p] = (p < old.length ? old[p] : 0) + Math.max(0, path[p]) / (way * way + xi);
    }
    return importance;
  }

  /** Parameters of classes that came later have no importance and no anchor. */
  private static void assertPenalty(
      StrategyProbe probe, double lambda, double[] importance, LinearNet anchor) {
    probe.assertStep(
        4,
        net -> {
          double loss = crossEntropy(net.logits(probe.images()), probe.labels());
          for (int p = 0; p < importance.length; p++) {
            double moved = net.get(p) - anchor.get(p);
            loss += lambda * importance[p] * moved * moved;
          }
          return loss;
        });
    double total = 0;
    for (double i : importance) {
      total += Math.abs(i);
    }
    assertTrue(total > 1e-3, "importance of all parameters together is " + total);
  }

  /**
   * Mean over the images of a task of the squared gradient of the cross-entropy, or of the size of
   * the gradient of the squared output.
   */
  private static double[] meanOverImages(LinearNet net, int task, int classes, boolean fisher) {
    double[][] images = StrategyProbe.rows(StrategyProbe.task(task).train());
    int[] labels = StrategyProbe.labels(StrategyProbe.task(task).train());
    double[] mean = new double[net.size()];
    for (int i = 0; i < images.length; i++) {
      int image = i;
      StrategyProbe.Expected of =
          at ->
              fisher
                  ? crossEntropy(at.logits(images[image]), labels[image], 0, classes)
                  : squared(at.logits(images[image]));
      for (int p = 0; p < mean.length; p++) {
        double by = 1e-5;
        double g = (of.loss(net.moved(p, by)) - of.loss(net.moved(p, -by))) / (2 * by);
        mean[p] += (fisher ? g * g : Math.abs(g)) / images.length;
      }
    }
    return mean;
  }

  @Test
  void ewcTakesTheLabelsThatItIsTold() {
    assertFisher(new Fisher(Labels.TRUE, 5, false), (p, label, k) -> k == label ? 1 : 0);
    assertFisher(new Fisher(Labels.TRUE, 0, true), (p, label, k) -> k == label ? p[k] : 0);
    assertFisher(
        new Fisher(Labels.PREDICTED, 0, false), (p, label, k) -> p[k] == largest(p) ? 1 : 0);
    assertFisher(new Fisher(Labels.ALL, 0, false), (p, label, k) -> p[k]);
  }

  /** What the squared gradient of an image for class k counts, by the probabilities p. */
  @FunctionalInterface
  private interface Weight {
    double of(double[] p, int label, int k);
  }

  private static double largest(double[] p) {
    return Arrays.stream(p).max().orElseThrow();
  }

  private static void assertFisher(Fisher fisher, Weight weight) {
    StrategyProbe probe = new StrategyProbe(new OnlineEwc(3, 1, fisher)).begin();
    LinearNet net = LinearNet.of(probe.network);
    double[][] images = StrategyProbe.rows(StrategyProbe.task(0).train());
    int[] labels = StrategyProbe.labels(StrategyProbe.task(0).train());
    int count = fisher.images() == 0 ? images.length : fisher.images();
    double[] expected = new double[net.size()];
    for (int i = 0; i < count; i++) {
      int at = i * images.length / count;
      double[] logits = net.logits(images[at]);
      double[] p = new double[3];
      for (int k = 0; k < 3; k++) {
        p[k] = Math.exp(-crossEntropy(logits, k, 0, 3));
      }
      for (int k = 0; k < 3; k++) {
        int label = k;
        double times = weight.of(p, labels[at], k) / count;
        for (int q = 0; q < expected.length; q++) {
          double g = slope(net, q, n -> crossEntropy(n.logits(images[at]), label, 0, 3));
          expected[q] += times * g * g;
        }
      }
    }
    probe.end().begin().disturb(1);
    assertPenalty(probe, 3, expected, net);
  }

  private static double slope(LinearNet net, int parameter, StrategyProbe.Expected of) {
    double by = 1e-5;
    return (of.loss(net.moved(parameter, by)) - of.loss(net.moved(parameter, -by))) / (2 * by);
  }

  /** Twelve images in batches of five: the last of two counts as much as the others. */
  @Test
  void masOverBatchesAndTheMeanOfOutputs() {
    var look = new MemoryAwareSynapses.Look(0, 5, true);
    StrategyProbe probe = new StrategyProbe(new MemoryAwareSynapses(20, look)).begin();
    LinearNet net = LinearNet.of(probe.network);
    double[][] images = StrategyProbe.rows(StrategyProbe.task(0).train());
    double[] expected = new double[net.size()];
    for (int from = 0; from < 12; from += 5) {
      double[][] batch = Arrays.copyOfRange(images, from, Math.min(12, from + 5));
      for (int q = 0; q < expected.length; q++) {
        double g =
            slope(
                net,
                q,
                n ->
                    Arrays.stream(n.logits(batch)).mapToDouble(r -> squared(r)).sum()
                        / (3 * batch.length));
        expected[q] += Math.abs(g) / 3;
      }
    }
    probe.end().begin().disturb(1);
    assertPenalty(probe, 20, expected, net);
  }

  /** Uphill each parameter raises the loss, so that its path is below 0. */
  @Test
  void siMayLetAPathLowerTheImportance() {
    double xi = 0.1;
    for (boolean clipped : new boolean[] {true, false}) {
      Path path = new Path(clipped, false);
      StrategyProbe probe =
          new StrategyProbe(new SynapticIntelligence(2, (float) xi, path)).begin();
      LinearNet start = LinearNet.of(probe.network);
      double[] gone = new double[start.size()];
      train(probe, -0.5f, gone, null, null);
      assertTrue(Arrays.stream(gone).allMatch(g -> g <= 0));
      double[] importance = new double[gone.length];
      LinearNet now = LinearNet.of(probe.network);
      for (int q = 0; q < gone.length; q++) {
        double way = now.get(q) - start.get(q);
        importance[q] = clipped ? 0 : gone[q] / (way * way + xi);
      }
      probe.end().begin().disturb(1);
      if (clipped) {
        probe.assertStep(FRESH, net -> crossEntropy(net.logits(probe.images()), probe.labels()));
      } else {
        assertPenalty(probe, 2, importance, now);
      }
    }
  }

  @Test
  void siMayCountThePenaltysOwnGradient() {
    double xi = 0.1;
    StrategyProbe probe =
        new StrategyProbe(new SynapticIntelligence(2, (float) xi, new Path(true, true))).begin();
    LinearNet start = LinearNet.of(probe.network);
    double[] path = new double[start.size()];
    train(probe, path, null, null);
    double[] importance = added(new double[path.length], path, start, probe, xi);
    probe.end().begin();

    LinearNet secondStart = LinearNet.of(probe.network);
    double[] secondPath = new double[secondStart.size()];
    train(probe, secondPath, null, null);
    double[] both = added(importance, secondPath, secondStart, probe, xi);
    LinearNet second = LinearNet.of(probe.network);
    probe.end().begin().disturb(1);
    assertPenalty(probe, 2, both, second);
  }

  private static double squared(double[] logits) {
    double sum = 0;
    for (double logit : logits) {
      sum += logit * logit;
    }
    return sum;
  }
}
