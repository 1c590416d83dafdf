package engram.cl.strategy;

import static engram.cl.strategy.Formulas.crossEntropy;
import static engram.cl.strategy.Formulas.distillation;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.memory.BalancedReservoir;
import engram.cl.memory.MemoryBuffer;
import engram.nn.optim.Sgd;
import engram.nn.train.Inference;
import engram.nn.train.Trainer;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The loss and the gradient of each strategy with a memory, against its formula in plain loops. */
class RehearsalLossesTest {
  private static final int FRESH = 5;

  private final MemoryBuffer memory =
      new BalancedReservoir(7, StrategyProbe.PIXELS, CounterRandom.of(1, "reservoir"));

  /** In the second task, with a network that has moved on since the first. */
  private static StrategyProbe inSecondTask(Strategy strategy) {
    return new StrategyProbe(strategy).begin().end().begin().disturb(1);
  }

  @Test
  void whileTheMemoryIsEmptyAllAreFineTuning() {
    for (Strategy strategy :
        new Strategy[] {
          new ExperienceReplay(memory),
          new WeightAligning(memory),
          new ErAce(memory),
          DarkExperience.derPlusPlus(memory, 0.1f, 0.5f),
          new SsIl(memory),
          new Eeil(memory, 1),
          new BiC(memory),
          new AGem(memory)
        }) {
      StrategyProbe probe = new StrategyProbe(strategy).begin();
      probe.assertStep(FRESH, net -> crossEntropy(net.logits(probe.images()), probe.labels()));
    }
  }

  @Test
  void erIsCrossEntropyOverNewImagesAndAsManyFromMemory() {
    StrategyProbe probe = inSecondTask(new ExperienceReplay(memory));
    probe.assertStep(FRESH, net -> crossEntropy(net.logits(probe.images()), probe.labels()));
    assertEquals(2 * FRESH, probe.batch.size());
    assertTrue(IntStream.of(probe.labels()).skip(FRESH).allMatch(label -> label < 3));
  }

  @Test
  void waWeighsDistillationByTheShareOfOldClasses() {
    StrategyProbe probe = new StrategyProbe(new WeightAligning(memory)).begin().end();
    LinearNet teacher = LinearNet.of(probe.network);
    probe.begin().disturb(1);
    probe.assertStep(
        FRESH,
        net -> {
          double[][] logits = net.logits(probe.images());
          return 2 / 5.0 * crossEntropy(logits, probe.labels())
              + 3 / 5.0 * distillation(logits, teacher.logits(probe.images()), 0, 3);
        });
  }

  @Test
  void waScalesTheRowsOfNewClassesToTheMeanNormOfOldOnes() {
    StrategyProbe probe = inSecondTask(new WeightAligning(memory));
    LinearNet before = LinearNet.of(probe.network);
    probe.end();
    LinearNet after = LinearNet.of(probe.network);
    double old = (norm(before, 0) + norm(before, 1) + norm(before, 2)) / 3;
    double factor = old / ((norm(before, 3) + norm(before, 4)) / 2);
    for (int k = 0; k < 5; k++) {
      for (int c = 0; c < StrategyProbe.PIXELS; c++) {
        assertEquals(
            before.weight()[k][c] * (k < 3 ? 1 : factor), after.weight()[k][c], 1e-6, "row " + k);
      }
    }
    assertEquals(old, (norm(after, 3) + norm(after, 4)) / 2, 1e-6);
    assertArrayEquals(before.bias(), after.bias());
  }

  private static double norm(LinearNet net, int row) {
    double squares = 0;
    for (double w : net.weight()[row]) {
      squares += w * w;
    }
    return Math.sqrt(squares);
  }

  @Test
  void erAceComparesNewImagesWithClassesOfTheBatchOnly() {
    StrategyProbe probe = inSecondTask(new ErAce(memory));
    probe.assertStep(
        1, // one image: its class is the only one present, and the first term is 0
        net -> {
          double[][] logits = net.logits(probe.images());
          return crossEntropy(logits, probe.labels(), 1, 2, 0, 5);
        });
    StrategyProbe both = inSecondTask(new ErAce(memory));
    both.assertStep(
        FRESH,
        net -> {
          double[][] logits = net.logits(both.images());
          return crossEntropy(logits, both.labels(), 0, FRESH, 3, 5)
              + crossEntropy(logits, both.labels(), FRESH, 2 * FRESH, 0, 5);
        });
  }

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

  /** Squared distance over the logits that {@code stored} has. */
  private static double squares(double[][] logits, double[][] stored, int first, int end) {
    double sum = 0;
    for (int i = first; i < end; i++) {
      for (int k = 0; k < stored[i].length; k++) {
        sum += (logits[i][k] - stored[i][k]) * (logits[i][k] - stored[i][k]);
      }
    }
    return sum;
  }

  @Test
  void ssIlSeparatesTheSoftmaxOfNewImagesAndMemory() {
    StrategyProbe probe =
        new StrategyProbe(new SsIl(memory)).begin().end().begin().disturb(2).end();
    LinearNet teacher = LinearNet.of(probe.network);
    probe.begin().disturb(1);
    probe.assertStep(
        4,
        net -> {
          double[][] logits = net.logits(probe.images());
          double[][] old = teacher.logits(probe.images());
          return 0.5 * crossEntropy(logits, probe.labels(), 0, 4, 5, 6)
              + 0.5 * crossEntropy(logits, probe.labels(), 4, 8, 0, 5)
              + distillation(logits, old, 0, 3)
              + distillation(logits, old, 3, 5);
        });
  }

  @Test
  void eeilDistilsEachPastTaskOnItsOwnAndFineTunesOnTheMemory() {
    Eeil eeil = new Eeil(memory, 30);
    StrategyProbe probe = new StrategyProbe(eeil).begin().end();
    assertTrue(probe.further.isEmpty(), "the first task needs no balance");
    probe.begin().disturb(2).end();
    LinearNet teacher = LinearNet.of(probe.network);
    probe.begin().disturb(1);
    probe.assertStep(
        4,
        net -> {
          double[][] logits = net.logits(probe.images());
          double[][] old = teacher.logits(probe.images());
          return crossEntropy(logits, probe.labels())
              + distillation(logits, old, 0, 3)
              + distillation(logits, old, 3, 5);
        });

    probe.end();
    StrategyProbe.Further fine = probe.further.getLast();
    assertEquals(30, fine.epochs());
    assertEquals(0.01f, fine.rate());
    assertEquals(memory.stored().size(), fine.examples().size());
    assertTrue(IntStream.of(StrategyProbe.labels(fine.examples())).anyMatch(label -> label == 5));
  }

  @Test
  void biCCorrectsLogitsOfEachTaskInStudentTeacherAndAnswer() {
    BiC bic = new BiC(memory);
    StrategyProbe probe = new StrategyProbe(bic).begin().end().begin().disturb(2);
    probe.end();
    LinearNet teacher = LinearNet.of(probe.network);
    BiasCorrection fitted =
        BiasCorrection.fit(
            floats(teacher.logits(StrategyProbe.rows(memory.stored().examples()))),
            StrategyProbe.labels(memory.stored().examples()),
            3);
    assertTrue(Math.abs(fitted.alpha() - 1) > 1e-3 && Math.abs(fitted.beta()) > 1e-3);
    probe.begin().disturb(1);
    probe.assertStep(
        4,
        net -> {
          double[][] logits = corrected(net.logits(probe.images()), fitted);
          double[][] old = corrected(teacher.logits(probe.images()), fitted);
          return 1 / 6.0 * crossEntropy(logits, probe.labels())
              + 5 / 6.0 * distillation(logits, old, 0, 5);
        });
  }

  private static double[][] corrected(double[][] logits, BiasCorrection correction) {
    for (double[] row : logits) {
      for (int k = 3; k < 5; k++) {
        row[k] = correction.alpha() * row[k] + correction.beta();
      }
    }
    return logits;
  }

  private static float[][] floats(double[][] rows) {
    float[][] values = new float[rows.length][rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < rows[i].length; k++) {
        values[i][k] = (float) rows[i][k];
      }
    }
    return values;
  }

  @Test
  void iCarlHasAYesOrNoForEachClassAndTheTeachersForOldOnes() {
    StrategyProbe probe = new StrategyProbe(new ICarl(memory)).begin();
    probe.assertStep(FRESH, net -> binary(net.logits(probe.images()), probe, new double[FRESH][0]));
    probe.end();
    LinearNet teacher = LinearNet.of(probe.network);
    probe.begin().disturb(1);
    probe.assertStep(
        FRESH, net -> binary(net.logits(probe.images()), probe, teacher.logits(probe.images())));
    assertEquals(2 * FRESH, probe.batch.size());
  }

  private static double binary(double[][] logits, StrategyProbe probe, double[][] old) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      for (int k = 0; k < logits[i].length; k++) {
        double target =
            k < old[i].length ? Formulas.sigmoid(old[i][k]) : probe.labels()[i] == k ? 1 : 0;
        sum += Formulas.binaryCrossEntropy(logits[i][k], target);
      }
    }
    return sum / logits.length / logits[0].length;
  }

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

    Inference.Batch one = new Inference(probe.network).batch(1);
    one.images().write(0.1f, 0.9f, 0.3f, 0.4f, 0.2f, 0.8f);
    one.run();
    double[][] image = {{0.1, 0.9, 0.3, 0.4, 0.2, 0.8}};
    double length = Math.sqrt(0.01 + 0.81 + 0.09 + 0.16 + 0.04 + 0.64);
    float[] scores = strategy.predictor(probe.network).head().scores(one, 1);
    double[] expected = cosines(LinearNet.of(probe.network), image)[0];
    for (int k = 0; k < 5; k++) {
      assertEquals(expected[k] * length, scores[k], 1e-5);
    }
  }

  private static double[][] cosines(LinearNet net, double[][] images) {
    double[][] cosines = new double[images.length][net.bias().length];
    for (int i = 0; i < images.length; i++) {
      for (int k = 0; k < net.bias().length; k++) {
        double dot = 0;
        double x = 0;
        double w = 0;
        for (int c = 0; c < StrategyProbe.PIXELS; c++) {
          dot += images[i][c] * net.weight()[k][c];
          x += images[i][c] * images[i][c];
          w += net.weight()[k][c] * net.weight()[k][c];
        }
        cosines[i][k] = dot / Math.sqrt(x * w);
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

  @Test
  void clsErKeepsTheLogitsOfTheAverageThatIsSurer() {
    MovingAverage.Rate always = new MovingAverage.Rate(0, 1);
    MovingAverage.Rate slow = new MovingAverage.Rate(0.9, 1);
    ClsEr strategy = new ClsEr(memory, 0.2f, always, slow, CounterRandom.of(1, "averages"));
    StrategyProbe probe = new StrategyProbe(strategy).begin();
    LinearNet start = LinearNet.of(probe.network);
    strategy.afterStep(null); // the first update copies the network
    probe.disturb(3);
    LinearNet later = LinearNet.of(probe.network);
    strategy.afterStep(null);
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

  @Test
  void aGemTakesOutWhatWouldRaiseTheLossOnMemory() {
    AGem strategy = new AGem(memory);
    StrategyProbe probe = inSecondTask(strategy);
    Trainer trainer = new Trainer(probe.network, strategy, new Sgd());
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
    var trainer = new Trainer(probe.network, strategy, new Sgd());
    trainer.learningRate(0);
    var step = probe.fill(trainer, 2, 3);
    step.labels().write(4, 4, probe.labels()[2], probe.labels()[3]);
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
