package engram.cl.strategy;

import static engram.cl.strategy.Formulas.crossEntropy;
import static engram.cl.strategy.Formulas.distillation;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.nn.optim.Sgd;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingStep;
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
    Trainer trainer = new Trainer(probe.network, probe.strategy, new Sgd(0));
    trainer.learningRate(0.5f);
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
      assertTrue(i >= 0);
      total += i;
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

  private static double squared(double[] logits) {
    double sum = 0;
    for (double logit : logits) {
      sum += logit * logit;
    }
    return sum;
  }
}
