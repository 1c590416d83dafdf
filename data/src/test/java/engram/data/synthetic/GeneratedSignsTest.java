package engram.data.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.Dataset;
import engram.data.ImageSet;
import engram.data.gtsrb.GtsrbClasses;
import engram.data.synthetic.GeneratedSigns.Size;
import engram.data.synthetic.drawing.SignCatalog;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class GeneratedSignsTest {

  private static final int FRAMES = 30;
  private static final int TEST_FRAMES = 10;
  private static final Size SMALL = new Size(2, 1);
  private static final Size SMALLEST = new Size(1, 1);
  private static final Dataset SIGNS = GeneratedSigns.generate(1, SMALL, 2);
  private static final Dataset FEWER = GeneratedSigns.generate(1, SMALLEST, 1);

  @Test
  void everyClassHasItsTracksOfThirtyTrainingAndTenTestFrames() {
    assertEquals(43 * 2 * FRAMES, SIGNS.train().size());
    assertEquals(43 * TEST_FRAMES, SIGNS.test().size());
    for (int label = 0; label < 43; label++) {
      assertEquals(2, tracks(SIGNS.train(), label).size(), "training tracks of class " + label);
      assertEquals(1, tracks(SIGNS.test(), label).size(), "test tracks of class " + label);
    }
  }

  @Test
  void fullSizeIsThatOfTheDocumentedDefault() {
    assertEquals(15_480, 43 * FRAMES * Size.FULL.trainTracks());
    assertEquals(8_600, 43 * TEST_FRAMES * Size.FULL.testTracks());
  }

  @Test
  void classesAreNamedAsInGtsrb() {
    assertEquals(GtsrbClasses.NAMES, SIGNS.classNames());
    assertEquals(GtsrbClasses.COUNT, SignCatalog.signs().size());
  }

  @Test
  void imagesAre32By32InColour() {
    assertEquals(32, SIGNS.train().height());
    assertEquals(32, SIGNS.train().width());
    assertEquals(3, SIGNS.train().channels());
  }

  @Test
  void trainingAndTestShareNoTrackAndNoTrackHasTwoClasses() {
    Set<Integer> train = Arrays.stream(SIGNS.train().tracks()).boxed().collect(Collectors.toSet());
    Set<Integer> test = Arrays.stream(SIGNS.test().tracks()).boxed().collect(Collectors.toSet());
    assertEquals(43 * 2, train.size());
    assertEquals(43, test.size());
    test.retainAll(train);
    assertTrue(test.isEmpty(), "tracks on both sides: " + test);
  }

  @Test
  void bytesDoNotDependOnTheNumberOfThreads() {
    Dataset many = GeneratedSigns.generate(1, SMALLEST, 7);
    assertArrayEquals(FEWER.train().pixels(), many.train().pixels());
    assertArrayEquals(FEWER.train().tracks(), many.train().tracks());
    assertArrayEquals(FEWER.test().pixels(), many.test().pixels());
  }

  /** If this fails on purpose, raise GeneratedSigns.VERSION too: caches hold the old images. */
  @Test
  void bytesAreTheSameOnEveryMachine() {
    CRC32 sum = new CRC32();
    sum.update(SIGNS.train().pixels());
    sum.update(SIGNS.test().pixels());
    assertEquals("88a4aa6c", "%08x".formatted(sum.getValue()));
  }

  @Test
  void everySeedGivesOtherImages() {
    Dataset other = GeneratedSigns.generate(2, SMALLEST, 2);
    assertFalse(Arrays.equals(SIGNS.test().pixels(), other.test().pixels()));
    assertNotEquals(
        GeneratedSigns.key(1, SMALL), GeneratedSigns.key(2, SMALL), "cache key for another seed");
    assertNotEquals(
        GeneratedSigns.key(1, SMALL), GeneratedSigns.key(1, Size.FULL), "cache key, other size");
  }

  @Test
  void smallerSizeIsPartOfLargerOne() {
    int[] firstTracks =
        IntStream.range(0, SIGNS.train().size()).filter(i -> i / FRAMES % 2 == 0).toArray();
    ImageSet part = SIGNS.train().select(firstTracks);
    assertArrayEquals(part.pixels(), FEWER.train().pixels());
    assertArrayEquals(part.tracks(), FEWER.train().tracks());
  }

  @Test
  void neighbouringFramesDifferLessThanTracksOfOneClass() {
    double frames = 0;
    double tracks = 0;
    for (int first = 0; first < SIGNS.train().size(); first += 2 * FRAMES) {
      for (int f = 0; f < FRAMES - 1; f++) {
        double step = distance(SIGNS.train(), first + f, first + f + 1);
        assertTrue(step > 0, "frames %d and the next are the same".formatted(first + f));
        frames += step;
        tracks += distance(SIGNS.train(), first + f, first + FRAMES + f);
      }
    }
    assertTrue(
        frames < tracks / 4,
        "mean change: frames %.0f, tracks %.0f (sums)".formatted(frames, tracks));
  }

  /** Real GTSRB: mean 74, images from 13 (percentile 1) to 209 (99), 5 % overexposed values. */
  @Test
  void brightnessSpreadsAsOnRealPhotographs() {
    ImageSet train = SIGNS.train();
    double[] means = IntStream.range(0, train.size()).mapToDouble(i -> mean(train, i)).toArray();
    Arrays.sort(means);
    double median = means[means.length / 2];
    assertTrue(median > 50 && median < 110, "median brightness " + median);
    double dark = means[means.length / 10];
    double bright = means[means.length * 9 / 10];
    assertTrue(dark < 65, "tenth percentile of brightness " + dark);
    assertTrue(bright > 110, "ninetieth percentile of brightness " + bright);
    long clipped =
        IntStream.range(0, train.pixels().length)
            .filter(i -> (train.pixels()[i] & 255) >= 250)
            .count();
    double share = (double) clipped / train.pixels().length;
    assertTrue(share > 0.005 && share < 0.1, "share of overexposed values " + share);
  }

  @Test
  void impossibleSizeSaysWhatIsPossible() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Size(0, 6000));
    assertTrue(e.getMessage().contains("0 training and 6000 test"), e.getMessage());
    assertTrue(e.getMessage().contains("expected 1 to 5000"), e.getMessage());
  }

  private static Set<Integer> tracks(ImageSet images, int label) {
    return IntStream.range(0, images.size())
        .filter(i -> images.labels()[i] == label)
        .mapToObj(i -> images.tracks()[i])
        .collect(Collectors.toSet());
  }

  private static double mean(ImageSet images, int image) {
    int bytes = images.imageBytes();
    return IntStream.range(image * bytes, (image + 1) * bytes)
        .map(i -> images.pixels()[i] & 255)
        .average()
        .orElseThrow();
  }

  /** Mean absolute difference, grey levels. */
  private static double distance(ImageSet images, int a, int b) {
    int bytes = images.imageBytes();
    long sum = 0;
    for (int i = 0; i < bytes; i++) {
      sum +=
          Math.abs((images.pixels()[a * bytes + i] & 255) - (images.pixels()[b * bytes + i] & 255));
    }
    return (double) sum / bytes;
  }
}
