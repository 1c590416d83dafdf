package engram.cl.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.stream.Batch;
import engram.cl.stream.Normalisation;
import engram.random.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CutMixTest {
  private static final int HEIGHT = 6;
  private static final int WIDTH = 9;
  private static final int IMAGES = 4;
  private static final int CLASSES = 5;

  /** Image i is of class i, and all its values are i. */
  private static Batch batch() {
    Batch batch = new Batch(IMAGES + 1, HEIGHT * WIDTH * 3, Normalisation.UNIT);
    byte[] pixels = new byte[HEIGHT * WIDTH * 3];
    for (int i = 0; i < IMAGES; i++) {
      Arrays.fill(pixels, (byte) (51 * i));
      batch.add(pixels, 0, i);
    }
    return batch;
  }

  @Test
  void targetsAreTheSharesOfTheAreaThatEachClassHas() {
    boolean mixed = false;
    for (int trial = 0; trial < 50; trial++) {
      Batch batch = batch();
      CutMix mix = new CutMix();
      mix.apply(batch, HEIGHT, WIDTH, CounterRandom.of(trial, "mix"));
      float[] targets = new float[IMAGES * CLASSES];
      mix.targets(batch, targets);
      for (int i = 0; i < IMAGES; i++) {
        for (int k = 0; k < CLASSES; k++) {
          double share = share(batch, i, k);
          assertEquals(share, targets[i * CLASSES + k], 1e-6, "image " + i + ", class " + k);
          mixed |= share > 0 && share < 1;
        }
      }
    }
    assertTrue(mixed);
  }

  private static double share(Batch batch, int image, int label) {
    int elements = HEIGHT * WIDTH * 3;
    int found = 0;
    for (int e = 0; e < elements; e++) {
      found += Math.round(batch.pixels()[image * elements + e] * 5) == label ? 1 : 0;
    }
    return (double) found / elements;
  }

  @Test
  void withoutAMixtureTheTargetIsTheLabel() {
    Batch batch = batch();
    CutMix mix = new CutMix();
    mix.apply(batch, HEIGHT, WIDTH, CounterRandom.of(1, "mix"));
    mix.clear();
    float[] targets = new float[IMAGES * CLASSES];
    mix.targets(batch, targets);
    for (int i = 0; i < targets.length; i++) {
      assertEquals(i / CLASSES == i % CLASSES ? 1 : 0, targets[i]);
    }
  }
}
