package engram.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FramingTest {

  private static ImageSet noise(int count, int height, int width, int channels) {
    byte[] pixels = new byte[count * height * width * channels];
    new Random(1).nextBytes(pixels);
    return new ImageSet(height, width, channels, pixels, new int[count], new int[count]);
  }

  @Test
  void marginIsBlackAndTheImageInTheMiddle() {
    byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8};
    ImageSet images = new ImageSet(1, 2, 2, pixels, new int[] {4, 5}, new int[] {6, 7});
    ImageSet padded = Framing.padded(images, 1);
    assertEquals(3, padded.height());
    assertEquals(4, padded.width());
    byte[] expected = {
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, //
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    assertArrayEquals(expected, padded.pixels());
    assertArrayEquals(images.labels(), padded.labels());
    assertArrayEquals(images.tracks(), padded.tracks());
  }

  @Test
  void whatHasTheSizeAlreadyIsReturnedAsItIs() {
    ImageSet images = noise(2, 5, 5, 1);
    assertSame(images, Framing.resized(images, 5, 2));
    assertSame(images, Framing.padded(images, 0));
  }

  @Test
  void resizedColourIsWhatSinglePicturesBecome() {
    ImageSet images = noise(3, 5, 7, 3);
    ImageSet resized = Framing.resized(images, 4, 2);
    for (int i = 0; i < 3; i++) {
      RgbImage picture = new RgbImage(7, 5, images.select(new int[] {i}).pixels());
      assertArrayEquals(
          Resize.resize(picture, Resize.Box.all(picture), 4, 4).pixels(),
          resized.select(new int[] {i}).pixels());
    }
  }

  @Test
  void greyBecomesWhatEachChannelOfTheSameColourPictureBecomes() {
    ImageSet grey = noise(2, 6, 6, 1);
    byte[] tripled = new byte[3 * grey.pixels().length];
    for (int i = 0; i < tripled.length; i++) {
      tripled[i] = grey.pixels()[i / 3];
    }
    ImageSet colour = new ImageSet(6, 6, 3, tripled, grey.labels(), grey.tracks());
    for (int side : new int[] {1, 4, 13}) {
      ImageSet small = Framing.resized(grey, side, 1);
      assertEquals(1, small.channels());
      byte[] expected = Framing.resized(colour, side, 2).pixels();
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], small.pixels()[i / 3]);
      }
    }
  }

  @Test
  void tooManyLargeImagesAreRefusedBeforeTheyAreMade() {
    ImageSet images = noise(60_000, 1, 1, 1);
    DataException e = assertThrows(DataException.class, () -> Framing.resized(images, 1000, 1));
    assertTrue(
        String.valueOf(e.getMessage())
            .startsWith("60,000 images of 1000 x 1000 x 1: 60.0 GB, expected at most 2 GB"),
        e.getMessage());
    assertThrows(DataException.class, () -> Framing.padded(images, 500));
  }
}
