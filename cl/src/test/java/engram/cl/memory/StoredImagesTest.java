package engram.cl.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.ToySigns;
import engram.cl.stream.Batch;
import engram.cl.stream.Normalisation;
import engram.cl.task.Examples;
import engram.data.compress.ImageCodec;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoredImagesTest {
  private final StoredImages ten = new StoredImages(ToySigns.IMAGE_BYTES, ToySigns.IMAGE_BYTES);

  StoredImagesTest() {
    for (int i = 0; i < 10; i++) {
      ten.append(ToySigns.examples(IntStream.range(0, 10).toArray()), i);
    }
  }

  @Test
  void drawAppendsDifferentImagesAfterThoseInTheBatch() {
    Batch batch = new Batch(8, ToySigns.IMAGE_BYTES, Normalisation.UNIT);
    batch.add(ToySigns.examples(77), 0);

    assertEquals(7, ten.draw(7, random(1), batch));
    assertEquals(8, batch.size());
    assertEquals(77, batch.labels()[0]);
    assertEquals(7, Arrays.stream(batch.labels()).skip(1).distinct().count());
  }

  @Test
  void imageGoesWithItsLabel() {
    Batch batch = new Batch(10, ToySigns.IMAGE_BYTES, Normalisation.UNIT);
    ten.draw(10, random(2), batch);

    for (int i = 0; i < 10; i++) {
      // Image i of the toy set is labelled i and has i in its fourth byte.
      assertEquals(batch.labels()[i] / 255f, batch.pixels()[i * ToySigns.IMAGE_BYTES + 3]);
    }
  }

  @Test
  void drawOfMoreThanIsHeldGivesAllOnce() {
    Batch batch = new Batch(20, ToySigns.IMAGE_BYTES, Normalisation.UNIT);

    assertEquals(10, ten.draw(20, random(3), batch));
    assertArrayEquals(
        IntStream.range(0, 10).toArray(),
        Arrays.stream(batch.labels()).limit(10).sorted().toArray());
  }

  @Test
  void drawAmongLabelsLeavesTheOthersOut() {
    Batch batch = new Batch(20, ToySigns.IMAGE_BYTES, Normalisation.UNIT);

    assertEquals(4, ten.draw(20, 4, random(3), batch));
    assertArrayEquals(
        new int[] {0, 1, 2, 3}, Arrays.stream(batch.labels()).limit(4).sorted().toArray());
    assertEquals(0, ten.draw(20, 0, random(3), batch));
  }

  @Test
  void drawFromNothingGivesNothing() {
    StoredImages none = new StoredImages(ToySigns.IMAGE_BYTES, ToySigns.IMAGE_BYTES);

    assertEquals(
        0, none.draw(5, random(4), new Batch(5, ToySigns.IMAGE_BYTES, Normalisation.UNIT)));
  }

  @Test
  void sameNumbersDrawTheSameImages() {
    Batch one = new Batch(5, ToySigns.IMAGE_BYTES, Normalisation.UNIT);
    Batch two = new Batch(5, ToySigns.IMAGE_BYTES, Normalisation.UNIT);
    ten.draw(5, random(5), one);
    ten.draw(2, random(6), new Batch(2, ToySigns.IMAGE_BYTES, Normalisation.UNIT));
    ten.draw(5, random(5), two);

    assertArrayEquals(one.labels(), two.labels());
  }

  /** 3 of 10 in 10,000 draws; chi-square with 9 degrees of freedom exceeds 27.9 once in 1000. */
  @Test
  void drawTakesEachImageEquallyOften() {
    int[] drawn = new int[10];
    Batch batch = new Batch(3, ToySigns.IMAGE_BYTES, Normalisation.UNIT);
    for (int trial = 0; trial < 10_000; trial++) {
      batch.clear();
      ten.draw(3, random(trial), batch);
      Arrays.stream(batch.labels()).forEach(label -> drawn[label]++);
    }
    double chiSquare =
        Arrays.stream(drawn).mapToDouble(n -> (n - 3000.0) * (n - 3000.0) / 3000).sum();
    assertTrue(chiSquare < 27.9, () -> "chi-square " + chiSquare + " of " + Arrays.toString(drawn));
  }

  private static CounterRandom random(long seed) {
    return CounterRandom.of(seed, "draw-test");
  }

  @Test
  void notesStayWithTheirImageAndGoWithIt() {
    StoredImages images = new StoredImages(ToySigns.IMAGE_BYTES, ToySigns.IMAGE_BYTES);
    Examples examples = ToySigns.examples(0, 1, 2);
    for (int i = 0; i < 3; i++) {
      images.append(examples, i);
      images.note(i, new float[] {i, 10 * i});
    }
    assertEquals(3 * (ToySigns.IMAGE_BYTES + 2 * Float.BYTES), images.bytes());
    images.retain(slot -> slot != 0);
    assertArrayEquals(new float[] {1, 10}, images.note(0));
    images.replace(0, examples, 0);
    assertEquals(0, images.note(0).length);
    assertArrayEquals(new float[] {2, 20}, images.note(1));
  }

  @Test
  void aCompressedImageIsSeenAsItsCodeDecodesAndCountsWithTheBytesOfTheCode() {
    StoredImages images = new StoredImages(ToySigns.IMAGE_BYTES, 4);
    Examples stream = ToySigns.examples(IntStream.range(0, 200).toArray());
    for (int slot = 0; slot < 20; slot++) {
      images.append(stream, 9 * slot);
    }
    images.replace(3, stream, 199);
    images.retain(slot -> slot != 0);

    assertEquals(19 * 4, images.bytes());
    Batch batch = new Batch(19, ToySigns.IMAGE_BYTES, Normalisation.UNIT);
    images.draw(19, random(8), batch);
    for (int slot = 0; slot < 19; slot++) {
      byte[] seen = decoded(stream, images.label(slot));
      assertArrayEquals(seen, images.image(slot));
      Examples copy = images.examples();
      byte[] copied = new byte[ToySigns.IMAGE_BYTES];
      copy.copy(slot, copied, 0);
      assertArrayEquals(seen, copied);
      byte[] drawn = decoded(stream, batch.labels()[slot]);
      for (int p = 0; p < drawn.length; p++) {
        float pixel = batch.pixels()[slot * drawn.length + p];
        assertEquals(Byte.toUnsignedInt(drawn[p]) / 255f, pixel, 1e-6f);
      }
    }
    assertEquals(199, images.label(2), "the case asks for an image that was replaced");
  }

  /** More images than one codec takes, so that several work on them. */
  @Test
  void examplesCanBeSeenAsTheyWouldBeIfTheyWereStored() {
    StoredImages images = new StoredImages(ToySigns.IMAGE_BYTES, 4);
    Examples stream = ToySigns.examples(IntStream.range(1000, 1150).toArray());
    Examples seen = images.asSeen(stream);
    assertArrayEquals(stream.labels().toArray(), seen.labels().toArray());
    for (int i = 0; i < stream.size(); i++) {
      byte[] copy = new byte[ToySigns.IMAGE_BYTES];
      seen.copy(i, copy, 0);
      assertArrayEquals(decoded(stream, i), copy);
    }
    assertEquals(0, images.size());
    assertSame(stream, ten.asSeen(stream), "without a code they are as they are");
    assertEquals(0, images.asSeen(ToySigns.examples()).size());
  }

  private static byte[] decoded(Examples stream, int i) {
    byte[] image = new byte[ToySigns.IMAGE_BYTES];
    byte[] code = new byte[4];
    ImageCodec codec = new ImageCodec(1, 2, 3, 4);
    codec.encode(stream.pixels(i), stream.pixelOffset(i), code, 0);
    codec.decode(code, 0, image, 0);
    return image;
  }

  @Test
  void examplesAreACopyInOrderOfSlots() {
    StoredImages images = new StoredImages(ToySigns.IMAGE_BYTES, ToySigns.IMAGE_BYTES);
    Examples stream = ToySigns.examples(4, 5, 6);
    images.append(stream, 2);
    images.append(stream, 1);
    Examples copy = images.examples();
    images.replace(0, stream, 0);

    assertEquals(2, copy.size());
    assertEquals(6, copy.label(0));
    assertEquals(5, copy.label(1));
    assertEquals(2, ToySigns.number(copy.images().pixels(), copy.pixelOffset(0)));
    assertEquals(1, copy.images().height());
    assertEquals(2, copy.images().width());
  }
}
