package engram.cl.strategy;

import static engram.cl.strategy.Formulas.binaryCrossEntropy;
import static engram.cl.strategy.Formulas.cosine;
import static engram.cl.strategy.Formulas.crossEntropy;
import static engram.cl.strategy.Formulas.distillation;
import static engram.cl.strategy.Formulas.sigmoid;
import static engram.cl.strategy.StrategyProbe.inSecondTask;
import static engram.cl.strategy.StrategyProbe.inThirdTask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.ToySigns;
import engram.cl.memory.BalancedReservoir;
import engram.cl.memory.MemoryBuffer;
import engram.cl.strategy.LearningWithoutForgetting.Over;
import engram.cl.strategy.LearningWithoutForgetting.Variant;
import engram.cl.strategy.LearningWithoutForgetting.Weights;
import engram.cl.stream.Batch;
import engram.cl.stream.Normalisation;
import engram.cl.task.ClassOrder;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.cl.task.TaskSequence;
import engram.cl.task.TaskSizes;
import engram.cl.task.TaskSplit;
import engram.data.ImageSet;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The switches in which implementations of one paper differ, each against its formula. */
class VariantLossesTest {
  private static final int FRESH = 4;

  /** A sequence of which nothing is asked. */
  private static final TaskSequence ANY =
      new TaskSequence(
          ToySigns.dataset(1, ToySigns.images(0), ToySigns.images(0)),
          new TaskSplit(ClassOrder.given(1), TaskSizes.even(1, 1)));

  private final MemoryBuffer memory =
      new BalancedReservoir(7, StrategyProbe.PIXELS, CounterRandom.of(1, "reservoir"));

  @Test
  void erWeightsTheMeansOfNewImagesAndOfMemory() {
    assertEr(ExperienceReplay.Weights.SUM, 1, 1);
    assertEr(ExperienceReplay.Weights.TASKS, 1 / 3.0, 2 / 3.0);
  }

  private void assertEr(ExperienceReplay.Weights weights, double ofNew, double ofOld) {
    StrategyProbe probe = inThirdTask(new ExperienceReplay(memory, weights));
    probe.assertStep(
        FRESH,
        net -> {
          double[][] logits = net.logits(probe.images());
          int all = logits.length;
          return ofNew * crossEntropy(logits, probe.labels(), 0, FRESH, 0, 6)
              + ofOld * crossEntropy(logits, probe.labels(), FRESH, all, 0, 6);
        });
  }

  @Test
  void lwfOverAllClassesMet() {
    assertLwf(
        new Variant(Over.MET, Weights.LAMBDA, true, 2, false, false),
        (logits, probe) -> crossEntropy(logits, probe.labels()),
        1,
        0.7 * 4);
  }

  @Test
  void lwfWeightedByTheNumberOfTasks() {
    assertLwf(new Variant(Over.OWN, Weights.TASKS, true, 2, false, false), OF_TASK, 1, 0.7 * 2 * 4);
    assertLwf(
        new Variant(Over.OWN, Weights.SHARE, true, 2, false, false),
        OF_TASK,
        1 / 3.0,
        2 / 3.0 * 0.7 * 4);
  }

  @Test
  void lwfWithoutTheSquareOfTheTemperature() {
    assertLwf(new Variant(Over.OWN, Weights.LAMBDA, false, 3, false, false), OF_TASK, 1, 0.7);
  }

  /** As a sum over the classes compared, and as their mean. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void lwfWhoseDistillationComparesNewClassesWithATargetOfZero(boolean mean) {
    StrategyProbe probe =
        new StrategyProbe(
                new LearningWithoutForgetting(
                    0.7f, new Variant(Over.MET, Weights.LAMBDA, false, 2, true, mean)))
            .begin()
            .end();
    LinearNet teacher = LinearNet.of(probe.network);
    probe.begin().disturb(2);
    probe.assertStep(
        FRESH,
        net -> {
          double[][] logits = net.logits(probe.images());
          double[][] old = teacher.logits(probe.images());
          double ce = 0;
          for (int n = 0; n < logits.length; n++) {
            double all = sumOfExp(logits[n]);
            double known = sumOfExp(old[n]);
            for (int k = 0; k < old[n].length; k++) {
              ce -= Math.exp(old[n][k] / 2) / known * (logits[n][k] / 2 - Math.log(all));
            }
          }
          return crossEntropy(logits, probe.labels())
              + 0.7 * ce / logits.length / (mean ? logits[0].length : 1);
        });
  }

  private static double sumOfExp(double[] logits) {
    return Arrays.stream(logits).map(x -> Math.exp(x / 2)).sum();
  }

  private static final ToDoubleBiFunction<double[][], StrategyProbe> OF_TASK =
      (logits, probe) -> crossEntropy(logits, probe.labels(), 0, logits.length, 5, 6);

  /**
   * @param ofDivergence weight of the Kullback-Leibler divergence itself, without T^2
   */
  private static void assertLwf(
      Variant variant,
      ToDoubleBiFunction<double[][], StrategyProbe> ce,
      double ofCe,
      double ofDivergence) {
    StrategyProbe probe =
        new StrategyProbe(new LearningWithoutForgetting(0.7f, variant))
            .begin()
            .end()
            .begin()
            .disturb(1)
            .end();
    LinearNet teacher = LinearNet.of(probe.network);
    probe.begin().disturb(2);
    double t = variant.temperature();
    probe.assertStep(
        FRESH,
        net -> {
          double[][] logits = net.logits(probe.images());
          double kd = distillation(logits, teacher.logits(probe.images()), 0, 5, t) / (t * t);
          return ofCe * ce.applyAsDouble(logits, probe) + ofDivergence * kd;
        });
  }

  @Test
  void icarlSummedOverClassesWithSoftenedTargets() {
    StrategyProbe probe = new StrategyProbe(new ICarl(memory, true, 2)).begin();
    probe.assertStep(FRESH, net -> binary(net, probe, new double[FRESH][0]));
    probe.end();
    LinearNet teacher = LinearNet.of(probe.network);
    probe.begin().disturb(1);
    probe.assertStep(FRESH, net -> binary(net, probe, teacher.logits(probe.images())));
  }

  private static double binary(LinearNet net, StrategyProbe probe, double[][] old) {
    double[][] logits = net.logits(probe.images());
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      for (int k = 0; k < logits[i].length; k++) {
        double target = k < old[i].length ? sigmoid(old[i][k] / 2) : probe.labels()[i] == k ? 1 : 0;
        sum += binaryCrossEntropy(logits[i][k], target);
      }
    }
    return sum / logits.length;
  }

  /** One new image, of class 3: 4 is not in the batch, but beyond all that was met. */
  @Test
  void erAceLeavesClassesThatWereNotMetAmongTheRivals() {
    StrategyProbe probe = inSecondTask(new ErAce(memory, new ErAce.Variant(0, true)));
    probe.assertStep(
        1,
        net -> {
          double[][] logits = net.logits(probe.images());
          return crossEntropy(logits, probe.labels(), 0, 1, 3, 5)
              + crossEntropy(logits, probe.labels(), 1, 2, 0, 5);
        });
  }

  @Test
  void erAceWithScaledCosinesForLogits() {
    StrategyProbe probe = inSecondTask(new ErAce(memory, new ErAce.Variant(10, false)));
    probe.assertStep(
        FRESH,
        net -> {
          double[][] logits = cosines(net, probe.images());
          return crossEntropy(logits, probe.labels(), 0, FRESH, 3, 5)
              + crossEntropy(logits, probe.labels(), FRESH, 2 * FRESH, 0, 5);
        });
    double[][] image = {{0.1, 0.9, 0.3, 0.2, 0.5, 0.4}};
    double[] expected = cosines(LinearNet.of(probe.network), image)[0];
    float[] scores = probe.scores(0.1f, 0.9f, 0.3f, 0.2f, 0.5f, 0.4f);
    for (int k = 1; k < 5; k++) {
      assertEquals(expected[k] > expected[0], scores[k] > scores[0], "class " + k);
    }
  }

  private static double[][] cosines(LinearNet net, double[][] images) {
    double[][] logits = new double[images.length][net.bias().length];
    for (int i = 0; i < images.length; i++) {
      for (int k = 0; k < logits[i].length; k++) {
        logits[i][k] = 10 * cosine(images[i], net.weight()[k]);
      }
    }
    return logits;
  }

  @Test
  void gdumbMakesAsManyPassesOverItsMemoryAsItIsTold() {
    GDumb strategy = new GDumb(memory, 3, 0);
    Examples set = strategy.trainingSet(ANY, StrategyProbe.task(0));
    assertEquals(3 * 7, set.size());
    for (int i = 0; i < 7; i++) {
      assertEquals(set.label(i), set.label(i + 7));
      assertEquals(set.index(i), set.index(i + 14));
    }
    assertEquals(12, new GDumb(memory).trainingSet(ANY, StrategyProbe.task(0)).size());
  }

  /** Twelve images of 8 x 8, each of one shade, so that a box of another one shows. */
  @Test
  void gdumbMixesTheShareOfBatchesThatItIsTold() {
    byte[] pixels = new byte[12 * 64];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 64);
    }
    Examples images = Examples.of(new ImageSet(8, 8, 1, pixels, new int[12], new int[12]));
    int[] mixed = new int[3];
    double[] shares = {0, 0.25, 1};
    for (int s = 0; s < 3; s++) {
      MemoryBuffer seven = new BalancedReservoir(7, 64, CounterRandom.of(1, "reservoir"));
      GDumb strategy = new GDumb(seven, 0, shares[s]);
      strategy.trainingSet(ANY, new Task(0, 0, 1, images, images));
      Batch batch = new Batch(12, 64, Normalisation.UNIT);
      for (int draw = 0; draw < 1000; draw++) {
        batch.clear();
        for (int i = 0; i < 12; i++) {
          batch.add(images, i);
        }
        float[] before = batch.pixels().clone();
        strategy.replay(batch, new CounterRandom(draw));
        mixed[s] += Arrays.equals(before, batch.pixels()) ? 0 : 1;
      }
    }
    assertEquals(0, mixed[0]);
    assertTrue(mixed[2] > 700, "a box may be empty, but most are not");
    assertEquals(0.25, (double) mixed[1] / mixed[2], 0.05);
  }
}
