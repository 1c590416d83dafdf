package engram.cl.strategy;

import static engram.cl.strategy.Formulas.crossEntropy;
import static engram.cl.strategy.Formulas.distillation;
import static engram.cl.strategy.StrategyProbe.inSecondTask;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.memory.BalancedReservoir;
import engram.cl.memory.MemoryBuffer;
import engram.random.CounterRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Loss and gradient of strategies with memory and teacher, against formulas in plain loops. */
class DistillationLossesTest {
  private static final int FRESH = 5;

  private final MemoryBuffer memory =
      new BalancedReservoir(7, StrategyProbe.PIXELS, CounterRandom.of(1, "reservoir"));

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
    float[] image = {0.1f, 0.9f, 0.3f, 0.4f, 0.2f, 0.8f};
    double[][] pixels = {{0.1f, 0.9f, 0.3f, 0.4f, 0.2f, 0.8f}};
    double[] expected = corrected(teacher.logits(pixels), fitted)[0];
    float[] answer = probe.scores(image);
    for (int k = 0; k < 5; k++) {
      assertEquals(expected[k], answer[k], 1e-5);
    }
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
}
