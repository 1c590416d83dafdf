package engram.cl.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.memory.Reservoir;
import engram.cl.task.Examples;
import engram.data.ImageSet;
import engram.data.augment.Distortion;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final Distortion SIZE = new Distortion(8, 8);
  private static final int ELEMENTS = 8 * 8 * 3;

  private static float[] pixels(Augmentation augmentation, long key) {
    byte[] image = new byte[ELEMENTS];
    new Random(3).nextBytes(image);
    Batch batch = new Batch(2, ELEMENTS, Normalisation.UNIT, augmentation, SIZE);
    batch.begin(new CounterRandom(key));
    batch.add(image, 0, 0);
    batch.add(image, 0, 0);
    return batch.pixels().clone();
  }

  @Test
  void eachPlaceInABatchVariesTheSameImageInItsOwnWay() {
    float[] two = pixels(Augmentation.SIGNS, 1);
    assertFalse(Arrays.equals(two, 0, ELEMENTS, two, ELEMENTS, 2 * ELEMENTS));
  }

  /** One image, new and twice from memory, in two batches: it is seen in six ways. */
  @Test
  void anImageFromMemoryVariesAnewEachTimeItIsDrawn() {
    byte[] image = new byte[ELEMENTS];
    new Random(3).nextBytes(image);
    ImageSet one = new ImageSet(8, 8, 3, image, new int[] {0}, new int[] {0});
    Reservoir memory = new Reservoir(1, ELEMENTS, new CounterRandom(1));
    memory.offer(Examples.of(one));
    Batch batch = new Batch(3, ELEMENTS, Normalisation.UNIT, Augmentation.SIGNS, SIZE);
    Set<String> seen = new HashSet<>();
    for (int step = 0; step < 2; step++) {
      batch.begin(CounterRandom.of(1, "augmentation").split(step));
      batch.add(Examples.of(one), 0);
      seen.add(Arrays.toString(Arrays.copyOf(batch.pixels(), ELEMENTS)));
      assertEquals(1, memory.stored().draw(1, new CounterRandom(step), batch));
      seen.add(Arrays.toString(Arrays.copyOfRange(batch.pixels(), ELEMENTS, 2 * ELEMENTS)));
      assertEquals(1, memory.stored().draw(1, new CounterRandom(step), batch));
      seen.add(Arrays.toString(Arrays.copyOfRange(batch.pixels(), 2 * ELEMENTS, 3 * ELEMENTS)));
    }
    assertEquals(6, seen.size());
    assertArrayEquals(image, memory.stored().image(0), "what is kept stays as it was");
  }

  @Test
  void theSameNumbersGiveTheSameImages() {
    assertArrayEquals(pixels(Augmentation.SIGNS, 1), pixels(Augmentation.SIGNS, 1));
    assertFalse(Arrays.equals(pixels(Augmentation.SIGNS, 1), pixels(Augmentation.SIGNS, 2)));
  }

  @Test
  void roughCoversSomeImagesAndSoftensThem() {
    double change = 0;
    int covered = 0;
    for (int key = 0; key < 40; key++) {
      float[] rough = pixels(Augmentation.ROUGH, key);
      float[] plain = pixels(Augmentation.SIGNS, key);
      assertFalse(Arrays.equals(rough, plain), "the same numbers, but not the same image");
      change += variation(rough) - variation(plain);
      covered += greyPixels(rough) >= 4 ? 1 : 0;
      assertTrue(greyPixels(plain) < 4, "noise is rarely mid-grey");
    }
    assertTrue(change < 0, "noise is softened");
    assertTrue(covered > 25, covered + " of 40 pairs have a square"); // three in four expected
  }

  /** Sum of the differences between neighbours. */
  private static double variation(float[] pixels) {
    double sum = 0;
    for (int i = 3; i < ELEMENTS; i++) {
      sum += Math.abs(pixels[i] - pixels[i - 3]);
    }
    return sum;
  }

  private static int greyPixels(float[] pixels) {
    float grey = 128 / 255f;
    int count = 0;
    for (int i = 0; i < pixels.length; i += 3) {
      boolean all = true;
      for (int channel = 0; channel < 3; channel++) {
        all &= Math.abs(pixels[i + channel] - grey) < 1e-6;
      }
      count += all ? 1 : 0;
    }
    return count;
  }

  @Test
  void noneLeavesImagesAsTheyAre() {
    float[] two = pixels(Augmentation.NONE, 1);
    assertArrayEquals(
        Arrays.copyOf(two, ELEMENTS), Arrays.copyOfRange(two, ELEMENTS, 2 * ELEMENTS));
  }
}
