package engram.cl.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
    Batch batch = new Batch(2, SIZE, PixelScale.UNIT, augmentation);
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
    Batch batch = new Batch(3, SIZE, PixelScale.UNIT, Augmentation.SIGNS);
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
  void noneLeavesImagesAsTheyAre() {
    float[] two = pixels(Augmentation.NONE, 1);
    assertArrayEquals(
        Arrays.copyOf(two, ELEMENTS), Arrays.copyOfRange(two, ELEMENTS, 2 * ELEMENTS));
  }

  @Test
  void anUnknownNameIsAnErrorThatNamesTheOthers() {
    var error = assertThrows(IllegalArgumentException.class, () -> Augmentation.parse("flip"));
    assertEquals("there is no augmentation \"flip\"; choose none or signs", error.getMessage());
  }
}
