package engram.data.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.Dataset;
import engram.data.ImageSet;
import engram.data.TestSets;
import engram.data.digits.GeneratedDigits.Size;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class GeneratedDigitsTest {

  private static final int TAKES = GeneratedDigits.TAKES;
  private static final Size SMALL = new Size(8, 4);
  private static final Dataset DIGITS = GeneratedDigits.generate(1, SMALL, 2);

  @Test
  void everyWriterWritesEveryDigitFiveTimes() {
    assertEquals(10 * 8 * 5, DIGITS.train().size());
    assertEquals(10 * 4 * 5, DIGITS.test().size());
    for (ImageSet set : List.of(DIGITS.train(), DIGITS.test())) {
      int perClass = set.size() / 10;
      for (int i = 0; i < set.size(); i++) {
        assertEquals(i / perClass, set.labels()[i], "digits are ordered by class");
        assertEquals(set.tracks()[i / TAKES * TAKES], set.tracks()[i], "five takes in a row");
      }
      assertEquals(set.size() / TAKES, Set.copyOf(boxed(set.tracks())).size());
    }
  }

  @Test
  void fullSizeIsThatOfTheDocumentedDefault() {
    assertEquals(10_000, 10 * TAKES * Size.FULL.trainWriters());
    assertEquals(2_000, 10 * TAKES * Size.FULL.testWriters());
  }

  @Test
  void imagesAre28By28InGreyWithInkWhiteOnBlackInTheMiddle() {
    ImageSet train = DIGITS.train();
    assertEquals(List.of(28, 28, 1), List.of(train.height(), train.width(), train.channels()));
    for (int i = 0; i < train.size(); i++) {
      double ink = 0;
      double x = 0;
      double y = 0;
      int brightest = 0;
      for (int p = 0; p < 784; p++) {
        int value = train.pixels()[i * 784 + p] & 255;
        brightest = Math.max(brightest, value);
        ink += value;
        int column = p % 28;
        int row = p / 28;
        x += value * (column + 0.5);
        y += value * (row + 0.5);
        boolean rim = column == 0 || column == 27 || row == 0 || row == 27;
        assertTrue(!rim || value == 0, "image %d has ink at its rim".formatted(i));
      }
      assertTrue(brightest >= 190, "image %d is pale: %d".formatted(i, brightest));
      double share = ink / 784 / 255;
      assertTrue(share > 0.02 && share < 0.35, "image %d: share of ink %f".formatted(i, share));
      assertEquals(14, x / ink, 3.5, "column of the ink of image " + i);
      assertEquals(14, y / ink, 3.5, "row of the ink of image " + i);
    }
  }

  @Test
  void trainingAndTestShareNoWriter() {
    Set<Integer> shared = new HashSet<>(boxed(DIGITS.train().tracks()));
    shared.retainAll(boxed(DIGITS.test().tracks()));
    assertTrue(shared.isEmpty(), "tracks on both sides: " + shared);
  }

  @Test
  void noTwoImagesAreTheSame() {
    Dataset quick = GeneratedDigits.generate(1, Size.QUICK, 2);
    Set<ByteBuffer> images = new HashSet<>();
    for (ImageSet set : List.of(quick.train(), quick.test())) {
      for (int i = 0; i < set.size(); i++) {
        images.add(ByteBuffer.wrap(set.pixels(), i * 784, 784));
      }
    }
    assertEquals(2_500, images.size());
  }

  @Test
  void bytesDoNotDependOnTheNumberOfThreads() {
    Dataset many = GeneratedDigits.generate(1, SMALL, 7);
    TestSets.assertSame(DIGITS, many);
  }

  /** If this fails on purpose, raise GeneratedDigits.VERSION too: caches hold the old images. */
  @Test
  void bytesAreTheSameOnEveryMachine() {
    CRC32 sum = new CRC32();
    sum.update(DIGITS.train().pixels());
    sum.update(DIGITS.test().pixels());
    assertEquals("d36bb299", "%08x".formatted(sum.getValue()));
  }

  @Test
  void everySeedHasOtherWriters() {
    byte[] other = GeneratedDigits.generate(2, SMALL, 2).test().pixels();
    for (int i = 0; i < DIGITS.test().size(); i++) {
      assertTrue(
          Arrays.mismatch(image(DIGITS.test().pixels(), i), image(other, i)) >= 0, "image " + i);
    }
    assertNotEquals(GeneratedDigits.key(1, SMALL), GeneratedDigits.key(2, SMALL));
    assertNotEquals(GeneratedDigits.key(1, SMALL), GeneratedDigits.key(1, Size.FULL));
  }

  @Test
  void smallerSizeIsPartOfLargerOne() {
    Dataset fewer = GeneratedDigits.generate(1, new Size(3, 1), 1);
    int[] first =
        IntStream.range(0, DIGITS.train().size()).filter(i -> i / TAKES % 8 < 3).toArray();
    TestSets.assertSame(DIGITS.train().select(first), fewer.train());
  }

  /** The nearest training image tells most digits, but not all: neither noise nor a giveaway. */
  @Test
  void nearestNeighbourKnowsMostDigits() {
    Dataset quick = GeneratedDigits.generate(1, Size.QUICK, 2);
    int right = 0;
    for (int i = 0; i < quick.test().size(); i++) {
      byte[] image = image(quick.test().pixels(), i);
      int nearest = 0;
      long least = Long.MAX_VALUE;
      for (int k = 0; k < quick.train().size(); k++) {
        long distance = 0;
        for (int p = 0; p < 784 && distance < least; p++) {
          int difference = (image[p] & 255) - (quick.train().pixels()[k * 784 + p] & 255);
          distance += (long) difference * difference;
        }
        if (distance < least) {
          least = distance;
          nearest = k;
        }
      }
      right += quick.train().labels()[nearest] == quick.test().labels()[i] ? 1 : 0;
    }
    double accuracy = right / 500.0;
    assertTrue(accuracy > 0.85 && accuracy < 0.999, "accuracy " + accuracy);
  }

  @Test
  void impossibleSizeSaysWhatIsPossible() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Size(0, 60_000));
    assertEquals(
        "0 writers for training and 60000 for test, expected 1 to 50000 of each", e.getMessage());
  }

  @Test
  void cornersKeepTheirPoint() {
    for (int digit = 0; digit < 10; digit++) {
      for (Glyph glyph : Glyph.of(digit)) {
        assertTrue(glyph.curves().getFirst().lifted());
        for (int i = 1; i < glyph.curves().size(); i++) {
          Glyph.Curve curve = glyph.curves().get(i);
          if (!curve.lifted()) {
            assertArrayEquals(
                glyph.curves().get(i - 1).points()[glyph.curves().get(i - 1).points().length - 1],
                curve.points()[0]);
          }
        }
      }
    }
  }

  private static byte[] image(byte[] pixels, int index) {
    return Arrays.copyOfRange(pixels, index * 784, (index + 1) * 784);
  }

  private static Set<Integer> boxed(int[] values) {
    return Arrays.stream(values).boxed().collect(Collectors.toSet());
  }
}
