package engram.cl.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.memory.Capacity;
import engram.cl.memory.Reservoir;
import engram.cl.task.Examples;
import engram.data.ImageSet;
import engram.random.CounterRandom;
import engram.tensor.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AugmentationTest {
  private static final Shape SIZE = Shape.shape(8, 8, 3);
  private static final int ELEMENTS = 8 * 8 * 3;

  private static float[] pixels(Augmentation augmentation, long key) {
    byte[] image = new byte[ELEMENTS];
    new Random(3).nextBytes(image);
    Batch batch = new Batch(2, SIZE, Normalisation.UNIT, augmentation);
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
    Reservoir memory = new Reservoir(Capacity.total(1), ELEMENTS, new CounterRandom(1));
    memory.offer(Examples.of(one));
    Batch batch = new Batch(3, SIZE, Normalisation.UNIT, Augmentation.SIGNS);
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

  /** What {@code augmentation} makes of an image, as floats of bytes. */
  private static float[] seen(Augmentation augmentation, Shape size, byte[] image, long key) {
    Batch batch = new Batch(1, size, Normalisation.UNIT, augmentation);
    batch.begin(new CounterRandom(key));
    batch.add(image, 0, 0);
    return batch.pixels().clone();
  }

  /** The image moved, and perhaps mirrored, as the definition has it. */
  private static float[] moved(Shape size, byte[] image, int down, int right, boolean mirrored) {
    int height = size.dim(0);
    int width = size.dim(1);
    int channels = size.dim(2);
    float[] moved = new float[size.elements()];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int fromY = y + down;
        int fromX = (mirrored ? width - 1 - x : x) + right;
        if (fromY >= 0 && fromY < height && fromX >= 0 && fromX < width) {
          for (int c = 0; c < channels; c++) {
            moved[(y * width + x) * channels + c] =
                (image[(fromY * width + fromX) * channels + c] & 0xFF) / 255f;
          }
        }
      }
    }
    return moved;
  }

  /** All 81 places, mirrored or not, on grey and coloured images with odd sides. */
  @ParameterizedTest
  @CsvSource({"CROP, 9, 10, 3, 81", "CROP_FLIP, 9, 10, 3, 162", "CROP_FLIP, 11, 9, 1, 162"})
  void aCropIsTheImageMovedByUpToFourPixelsAndEveryPlaceIsReached(
      Augmentation augmentation, int height, int width, int channels, int ways) {
    Shape size = Shape.shape(height, width, channels);
    byte[] image = new byte[size.elements()];
    new Random(3).nextBytes(image);
    Map<String, Integer> places = new HashMap<>();
    for (int down = -4; down <= 4; down++) {
      for (int right = -4; right <= 4; right++) {
        for (boolean mirrored : new boolean[] {false, true}) {
          places.put(Arrays.toString(moved(size, image, down, right, mirrored)), 0);
        }
      }
    }
    assertEquals(162, places.size());
    int draws = 4000;
    for (int key = 0; key < draws; key++) {
      String now = Arrays.toString(seen(augmentation, size, image, key));
      assertTrue(places.containsKey(now), "every crop is one of the 162 moved images");
      places.merge(now, 1, Integer::sum);
    }
    assertEquals(ways, places.values().stream().filter(count -> count > 0).count());
    int most = places.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    assertTrue(most < 2.5 * draws / ways, "no place is preferred: one came " + most + " times");
  }

  @ParameterizedTest
  @EnumSource
  void greyImagesVaryToo(Augmentation augmentation) {
    Shape size = Shape.shape(9, 6, 1);
    byte[] image = new byte[size.elements()];
    new Random(3).nextBytes(image);
    boolean varies = false;
    for (int key = 0; key < 5; key++) {
      float[] unchanged = seen(Augmentation.NONE, size, image, key);
      varies |= !Arrays.equals(unchanged, seen(augmentation, size, image, key));
    }
    assertEquals(augmentation != Augmentation.NONE, varies);
  }
}
