package engram.cl.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import engram.data.augment.Distortion;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.Random;
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
