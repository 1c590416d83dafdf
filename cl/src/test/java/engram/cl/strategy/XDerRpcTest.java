package engram.cl.strategy;

import static engram.cl.strategy.Formulas.crossEntropy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.memory.BalancedReservoir;
import engram.cl.memory.MemoryBuffer;
import engram.nn.optim.Sgd;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingStep;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Loss, gradient, stored logits and answers of X-DER-RPC, worked out in plain loops. */
class XDerRpcTest {
  private static final int FRESH = 5;
  private static final int FEATURES = StrategyProbe.HIDDEN;
  private static final int CLASSES = 6; // 3, 2 and 1 in the three tasks of the probe
  private static final CounterRandom RANDOM = CounterRandom.of(1, "simplex");
  private static final XDerRpc.Weights WEIGHTS = new XDerRpc.Weights(0.3f, 0.5f, 0.8f, 0.7f, 2);

  private final MemoryBuffer memory =
      new BalancedReservoir(7, StrategyProbe.PIXELS, CounterRandom.of(1, "reservoir"));
  private final XDerRpc strategy = new XDerRpc(memory, WEIGHTS, CLASSES, RANDOM);
  private final float[][] simplex = Simplex.corners(CLASSES, FEATURES, RANDOM);
  private final StrategyProbe probe = StrategyProbe.withHiddenLayer(strategy);

  @Test
  void firstTaskComparesItsClassesAndKeepsFutureOnesBelow() {
    probe.begin().disturb(2);
    assertStep(
        net -> {
          double[][] logits = logits(net, probe.images());
          return crossEntropy(logits, probe.labels(), 0, FRESH, 0, 3)
              + 0.7 * hinge(logits, FRESH, 3, CLASSES);
        });
  }

  @Test
  void laterTasksAddStoredLogitsAndLabelsOfMemory() {
    probe.begin().disturb(2).end().begin().disturb(1);
    assertStep(
        net -> {
          double[][] logits = logits(net, probe.images());
          double squares = 0;
          for (int i = FRESH; i < 2 * FRESH; i++) {
            float[] note = memory.stored().note(probe.batch.slot(i));
            for (int k = 0; k < CLASSES; k++) {
              squares += (logits[i][k] - note[k]) * (logits[i][k] - note[k]);
            }
          }
          return crossEntropyOfTask(logits)
              + 0.3 * squares / (FRESH * CLASSES)
              + 0.5 * crossEntropy(logits, probe.labels(), 2 * FRESH, 3 * FRESH, 0, 3)
              + 0.7 * hinge(logits, FRESH, 0, 3)
              + 0.7 * hinge(logits, 3 * FRESH, 5, CLASSES);
        });
    assertEquals(3 * FRESH, probe.batch.size());
  }

  @Test
  void inTheLastTaskThereIsNoFuture() {
    probe.begin().disturb(2).end().begin().disturb(1).end().begin().disturb(3);
    TrainingStep step = step();
    assertTrue(step.terms().contains("mse"));
    assertTrue(step.terms().contains("past"));
    assertTrue(!step.terms().contains("future"));
  }

  private double crossEntropyOfTask(double[][] logits) {
    return crossEntropy(logits, probe.labels(), 0, FRESH, 3, 5);
  }

  /** Mean hinge over the first images and the classes from {@code first} to {@code end - 1}. */
  private double hinge(double[][] logits, int images, int first, int end) {
    double sum = 0;
    for (int i = 0; i < images; i++) {
      for (int k = first; k < end; k++) {
        sum += Math.max(0, 2 - logits[i][probe.labels()[i]] + logits[i][k]);
      }
    }
    return sum / images / (end - first);
  }

  private TrainingStep step() {
    Trainer trainer = new Trainer(probe.network, strategy, new Sgd(0));
    trainer.learningRate(0);
    TrainingStep step = probe.fill(trainer, 4, 3);
    step.run();
    return step;
  }

  private void assertStep(ToDoubleFunction<double[]> expected) {
    probe.assertFlatStep(FRESH, expected);
  }

  /** {@code simplex (W x + b)} for each image. */
  private double[][] logits(double[] flat, double[][] images) {
    double[][] features = probe.hidden(flat, images);
    double[][] logits = new double[images.length][CLASSES];
    for (int i = 0; i < images.length; i++) {
      for (int f = 0; f < FEATURES; f++) {
        for (int k = 0; k < CLASSES; k++) {
          logits[i][k] += simplex[k][f] * features[i][f];
        }
      }
    }
    return logits;
  }

  @Test
  void logitsOfOtherTasksArePutInScaledBelowThatOfTheOwnClass() {
    // The own logit is 2; the largest new one, 5, becomes 0.8 x 2, the others follow.
    float[] stored = {9, 2, 9, 9};
    XDerRpc.implant(stored, new float[] {0, 0, 5, -1}, 1, 2, 4, 0.8f);
    assertArrayEquals(new float[] {9, 2, 1.6f, -0.32f}, stored, 1e-6f);

    // Where none is larger than the own logit they are taken as they are.
    XDerRpc.implant(stored, new float[] {0, 0, 1.5f, -1}, 1, 2, 4, 0.8f);
    assertArrayEquals(new float[] {9, 2, 1.5f, -1}, stored, 1e-6f);

    // An own logit below 0 says nothing about scale.
    float[] unsure = {-1, 0, 0};
    XDerRpc.implant(unsure, new float[] {0, 3, 4}, 0, 1, 3, 0.8f);
    assertArrayEquals(new float[] {-1, 3, 4}, unsure);
  }

  @Test
  void storedLogitsOfPastTasksGetTheClassesThatCameLater() {
    probe.begin().disturb(2).end();
    float[][] atInsertion = notes();
    probe.begin().disturb(1).end();
    double[][] now = logits(probe.flatParameters(), StrategyProbe.rows(memory.stored().examples()));
    for (int slot = 0; slot < memory.stored().size(); slot++) {
      int label = memory.stored().label(slot);
      float[] note = memory.stored().note(slot);
      float[] expected = new float[CLASSES];
      for (int k = 0; k < CLASSES; k++) {
        expected[k] = (float) now[slot][k];
      }
      if (label < 3) {
        float[] first = atInsertion[oldSlot(note, atInsertion)].clone();
        XDerRpc.implant(first, expected.clone(), label, 3, 6, 0.8f);
        expected = first;
      } else {
        XDerRpc.implant(expected, expected.clone(), label, 0, 3, 0.8f);
      }
      assertArrayEquals(expected, note, 1e-5f, "slot " + slot);
    }
  }

  /** Where the logits of the first task's classes, which stay, were stored before. */
  private static int oldSlot(float[] note, float[][] notes) {
    for (int slot = 0; slot < notes.length; slot++) {
      if (Arrays.equals(note, 0, 3, notes[slot], 0, 3)) {
        return slot;
      }
    }
    throw new AssertionError("the logits of past classes have changed: " + Arrays.toString(note));
  }

  private float[][] notes() {
    float[][] notes = new float[memory.stored().size()][];
    Arrays.setAll(notes, slot -> memory.stored().note(slot).clone());
    return notes;
  }

  @Test
  void theClassesMetSoFarAnswerByTheFixedClassifier() {
    probe.begin().disturb(2);
    double[][] image = {{0.1, 0.9, 0.3, 0.4, 0.2, 0.8}};
    float[] scores = probe.scores(0.1f, 0.9f, 0.3f, 0.4f, 0.2f, 0.8f);
    double[] expected = logits(probe.flatParameters(), image)[0];
    assertEquals(3, scores.length);
    for (int k = 0; k < 3; k++) {
      assertEquals(expected[k], scores[k], 1e-5);
    }
  }
}
