package engram.cl.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.memory.Capacity;
import engram.cl.memory.Reservoir;
import engram.cl.task.ClassOrder;
import engram.cl.task.Examples;
import engram.cl.task.Scenario;
import engram.cl.task.TaskSequence;
import engram.cl.task.TaskSizes;
import engram.cl.task.TaskSplit;
import engram.data.Dataset;
import engram.data.ImageSet;
import engram.data.gtsrb.GtsrbClasses;
import engram.random.CounterRandom;
import engram.tensor.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
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
    Batch batch = new ImageInput(SIZE, Normalisation.UNIT, augmentation).variedBatch(2);
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
    Batch batch = new ImageInput(SIZE, Normalisation.UNIT, Augmentation.SIGNS).variedBatch(3);
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

  /** Keep right and keep left; about half of their images show the other. */
  @Test
  void signsOfOneTaskBecomeEachOtherWhenMirrored() {
    int[] changed = changed("3,38,39,40,12,17", "2x3");
    assertEquals(50, changed[1], 15);
    assertEquals(50, changed[2], 15);
    assertArrayEquals(new int[] {0, changed[1], changed[2], 0, 0, 0}, changed);
  }

  @Test
  void signsOfTwoTasksNeverBecomeEachOther() {
    assertArrayEquals(new int[4], changed("3,38,39,40", "2x2"));
  }

  /** Of 100 images of each label, how many are shown as another one. */
  private static int[] changed(String order, String tasks) {
    TaskSequence sequence = sequence(order, tasks);
    int labels = sequence.split().classes();
    Batch batch =
        new ImageInput(SIZE, Normalisation.UNIT, Augmentation.SIGNS_FLIP)
            .of(sequence)
            .variedBatch(100 * labels);
    batch.begin(new CounterRandom(1));
    int[] changed = new int[labels];
    for (int i = 0; i < 100 * labels; i++) {
      batch.add(new byte[ELEMENTS], 0, i % labels);
      changed[i % labels] += batch.labels()[i] == i % labels ? 0 : 1;
    }
    return changed;
  }

  private static TaskSequence sequence(String order, String tasks) {
    int classes = GtsrbClasses.COUNT;
    int[] labels = IntStream.range(0, classes).toArray();
    ImageSet images = new ImageSet(8, 8, 3, new byte[classes * ELEMENTS], labels, new int[classes]);
    return new TaskSequence(
        new Dataset("signs", GtsrbClasses.NAMES, images, images),
        TaskSplit.parse(ClassOrder.parse(order, classes, 1), tasks, Scenario.CLASS));
  }

  /** Of a priority road and a speed limit, lit in one corner, the first is seen lit in another. */
  @Test
  void signsThatShowTheSameInFourDirectionsComeInAllOfThem() {
    byte[] image = new byte[ELEMENTS];
    Arrays.fill(image, 0, 4, (byte) 255);
    TaskSequence sequence = sequence("12,3", "1x2");
    Batch batch =
        new ImageInput(SIZE, Normalisation.UNIT, Augmentation.SIGNS_FLIP)
            .of(sequence)
            .variedBatch(200);
    batch.begin(new CounterRandom(1));
    for (int i = 0; i < 200; i++) {
      batch.add(image, 0, i % 2);
    }
    int[] lit = {0, 0};
    for (int i = 0; i < 200; i++) {
      float last = 0;
      for (int k = ELEMENTS - 9; k < ELEMENTS; k++) {
        last = Math.max(last, batch.pixels()[i * ELEMENTS + k]);
      }
      lit[i % 2] += last > 0.3f ? 1 : 0;
    }
    assertTrue(lit[0] > 5 && lit[1] == 0, Arrays.toString(lit));
  }

  @Test
  void whatIsNoTrafficSignCannotBeMirrored() {
    ImageInput input = new ImageInput(SIZE, Normalisation.UNIT, Augmentation.SIGNS_FLIP);
    ImageSet two = new ImageSet(8, 8, 3, new byte[2 * ELEMENTS], new int[] {0, 1}, new int[2]);
    TaskSequence pets =
        new TaskSequence(
            new Dataset("pets", List.of("cat", "dog"), two, two),
            new TaskSplit(ClassOrder.given(2), TaskSizes.even(2, 2)));
    String message =
        assertThrows(IllegalArgumentException.class, () -> input.of(pets)).getMessage();
    assertEquals(
        "augment is signs-flip, but no class of pets is known to stay a sign when it is mirrored or"
            + " turned: use signs",
        message);
    assertArrayEquals(new int[4], changed("1,2,3,4", "2x2"), "signs that are met upright alone");
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
    Batch batch = new ImageInput(size, Normalisation.UNIT, augmentation).variedBatch(1);
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
