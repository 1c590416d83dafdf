package engram.cl.strategy;

import static engram.cl.strategy.Formulas.crossEntropy;
import static engram.cl.strategy.Formulas.distillation;
import static engram.cl.strategy.Formulas.turned;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.memory.BalancedReservoir;
import engram.cl.memory.MemoryBuffer;
import engram.nn.train.TrainingOptions;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Losses where the network has outputs of classes that come later, or where an image is compared
 * among the classes of its own task: labels 0 1 2, 3 4 and 5.
 */
class OutputsAndLossesTest {
  private static final int FRESH = 5;
  private static final int[] FIRST = {0, 0, 0, 3, 3, 5};
  private static final int[] END = {3, 3, 3, 5, 5, 6};
  private static final TrainingOptions BY_TASK =
      new TrainingOptions().withGroups(List.of(0, 0, 0, 1, 1, 2));

  private final MemoryBuffer memory =
      new BalancedReservoir(7, StrategyProbe.PIXELS, CounterRandom.of(1, "reservoir"));

  @Test
  void waCountsClassesMetAndDistilsThoseThatTheTeacherHasMet() {
    StrategyProbe probe = StrategyProbe.withAllOutputs(new WeightAligning(memory)).begin().end();
    LinearNet teacher = LinearNet.of(probe.network);
    probe.begin().disturb(1);
    probe.assertStep(
        FRESH,
        net -> {
          double[][] logits = net.logits(probe.images());
          return 2 / 5.0 * crossEntropy(logits, probe.labels()) // over all six
              + 3 / 5.0 * distillation(logits, teacher.logits(probe.images()), 0, 3);
        });
  }

  @Test
  void waLeavesRowsOfLaterClassesAsTheyAre() {
    StrategyProbe probe =
        StrategyProbe.withAllOutputs(new WeightAligning(memory)).begin().end().begin().disturb(1);
    LinearNet before = LinearNet.of(probe.network);
    probe.end();
    LinearNet after = LinearNet.of(probe.network);

    assertArrayEquals(before.weight()[5], after.weight()[5]);
    assertTrue(Math.abs(before.weight()[4][0] - after.weight()[4][0]) > 1e-4);
  }

  @Test
  void rehearsalKdDistilsThoseThatTheTeacherHasMet() {
    StrategyProbe probe =
        StrategyProbe.withAllOutputs(new RehearsalKd(memory, 0.5f, 2, false)).begin().end();
    LinearNet teacher = LinearNet.of(probe.network);
    probe.begin().disturb(1);
    probe.assertStep(
        FRESH,
        net -> {
          double[][] logits = net.logits(probe.images());
          return 0.5 * crossEntropy(logits, probe.labels())
              + 0.5 * distillation(logits, teacher.logits(probe.images()), 0, 3);
        });
  }

  @Test
  void balancedKdCountsClassesMet() {
    StrategyProbe probe = StrategyProbe.withAllOutputs(new BalancedKd(memory, 0.5f)).begin().end();
    LinearNet teacher = LinearNet.of(probe.network);
    probe.begin().disturb(1);
    probe.assertStep(
        4,
        net -> {
          double[][] images = probe.images();
          double[][] logits = net.logits(images);
          double[][] shifted = Arrays.stream(logits).map(double[]::clone).toArray(double[][]::new);
          for (double[] row : shifted) {
            for (int k = 0; k < 6; k++) {
              int held = memory.stored().count(k);
              double count = k == 3 || k == 4 ? 2 : 4.0 * held / memory.stored().size();
              row[k] += Math.log(Math.max(count, 1e-3));
            }
          }
          return crossEntropy(shifted, probe.labels())
              + 3 / 5.0 * distillation(logits, teacher.logits(images), 0, 3)
              + 0.5 * Math.sqrt(3 / 2.0) * turned(images, images);
        });
  }

  @Test
  void biCCorrectsNoClassThatCameNotYet() {
    StrategyProbe probe =
        StrategyProbe.withAllOutputs(new BiC(memory)).begin().end().begin().disturb(1).end();
    float[] zero = new float[StrategyProbe.PIXELS];

    assertEquals(6, probe.scores(zero).length);
    assertEquals(LinearNet.of(probe.network).bias()[5], probe.scores(zero)[5], 1e-6);
  }

  @Test
  void lwfComparesTheClassesOfTheTaskAlone() {
    StrategyProbe probe =
        StrategyProbe.withAllOutputs(new LearningWithoutForgetting(0.5f)).begin().end();
    LinearNet teacher = LinearNet.of(probe.network);
    probe.begin().disturb(1);
    probe.assertStep(
        FRESH,
        net -> {
          double[][] logits = net.logits(probe.images());
          return crossEntropy(logits, probe.labels(), 0, FRESH, 3, 5)
              + 0.5 * distillation(logits, teacher.logits(probe.images()), 0, 3);
        });
  }

  @Test
  void withClassesComparedByTaskLwfDistilsEachPastTask() {
    StrategyProbe probe =
        new StrategyProbe(new LearningWithoutForgetting(0.5f))
            .begin()
            .end()
            .begin()
            .disturb(2)
            .end();
    LinearNet teacher = LinearNet.of(probe.network);
    probe.begin().disturb(1);
    probe.assertStep(
        4,
        BY_TASK,
        net -> {
          double[][] logits = net.logits(probe.images());
          double[][] old = teacher.logits(probe.images());
          return crossEntropy(logits, probe.labels(), 0, 4, 5, 6)
              + 0.5 * (distillation(logits, old, 0, 3) + distillation(logits, old, 3, 5));
        });
  }

  @Test
  void withClassesComparedByTaskReplayedImagesAreComparedAmongTheirs() {
    StrategyProbe probe =
        new StrategyProbe(new ExperienceReplay(memory)).begin().end().begin().disturb(1);
    probe.assertStep(
        FRESH, BY_TASK, net -> byTask(net.logits(probe.images()), probe.labels(), 0, 2 * FRESH));
    assertTrue(Arrays.stream(probe.labels()).anyMatch(label -> label < 3));
  }

  @Test
  void withClassesComparedByTaskErAceComparesTheMemoryByTask() {
    StrategyProbe probe = new StrategyProbe(new ErAce(memory)).begin().end().begin().disturb(1);
    probe.assertStep(
        FRESH,
        BY_TASK,
        net -> {
          double[][] logits = net.logits(probe.images());
          return crossEntropy(logits, probe.labels(), 0, FRESH, 3, 5)
              + byTask(logits, probe.labels(), FRESH, 2 * FRESH);
        });
  }

  /** Mean cross-entropy of images {@code first} to {@code end - 1} within their tasks. */
  private static double byTask(double[][] logits, int[] labels, int first, int end) {
    double sum = 0;
    for (int i = first; i < end; i++) {
      sum += crossEntropy(logits[i], labels[i], FIRST[labels[i]], END[labels[i]]);
    }
    return sum / (end - first);
  }
}
