package engram.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResizeTest {

  /** A picture of these grey values, one row after the other. */
  private static Picture grey(int width, int height, int... values) {
    byte[] pixels = new byte[3 * values.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) values[i / 3];
    }
    return new Picture(width, height, 3, pixels);
  }

  /** The first channel, after checking that the others are the same. */
  private static int[] values(Picture image) {
    int[] values = new int[image.width() * image.height()];
    for (int i = 0; i < values.length; i++) {
      values[i] = image.pixels()[3 * i] & 255;
      assertEquals(image.pixels()[3 * i], image.pixels()[3 * i + 1]);
      assertEquals(image.pixels()[3 * i], image.pixels()[3 * i + 2]);
    }
    return values;
  }

  private static int[] resized(Picture image, int width, int height) {
    return values(Resize.resize(image, Resize.Box.all(image), width, height));
  }

  @Test
  void shrinkingWeighsWithATriangleAsWideAsTwoOutputPixels() {
    // Four to two: distances 1/4 1/4 3/4 of the triangle, so weights 3 3 1 of 7.
    Picture row = grey(4, 1, 7, 14, 21, 28);
    int[] expected = {(3 * 7 + 3 * 14 + 21) / 7, (14 + 3 * 21 + 3 * 28) / 7};
    assertArrayEquals(expected, resized(row, 2, 1));
    assertArrayEquals(expected, resized(grey(1, 4, 7, 14, 21, 28), 1, 2));
  }

  @Test
  void enlargingInterpolatesBetweenPixelCentres() {
    assertArrayEquals(new int[] {0, 25, 75, 100}, resized(grey(2, 1, 0, 100), 4, 1));
  }

  @Test
  void fineDetailAveragesOutInsteadOfAliasing() {
    int[] checkerboard = new int[64 * 64];
    Arrays.setAll(checkerboard, i -> (i / 64 + i % 64) % 2 * 255);
    int[] small = resized(grey(64, 64, checkerboard), 8, 8);
    for (int y = 1; y < 7; y++) {
      for (int x = 1; x < 7; x++) {
        assertEquals(127.5, small[8 * y + x], 1.0, "at " + x + "," + y);
      }
    }
  }

  @Test
  void flatPicturesStayFlatAtEverySize() {
    for (int side = 1; side < 80; side += 3) {
      int[] white = new int[side * (side + 1)];
      Arrays.fill(white, 255);
      int[] small = resized(grey(side, side + 1, white), 32, 32);
      assertEquals(255, Arrays.stream(small).min().getAsInt(), "side " + side);
    }
  }

  @Test
  void channelsDoNotMix() {
    byte[] pixels = new byte[50 * 40 * 3];
    for (int i = 1; i < pixels.length; i += 3) {
      pixels[i] = (byte) 200;
    }
    Picture image = new Picture(50, 40, 3, pixels);
    Picture small = Resize.resize(image, Resize.Box.all(image), 32, 32);
    for (int i = 0; i < small.pixels().length; i++) {
      assertEquals(i % 3 == 1 ? 200 : 0, small.pixels()[i] & 255);
    }
  }

  @Test
  void sameSizeChangesNothing() {
    byte[] pixels = new byte[32 * 32 * 3];
    new Random(1).nextBytes(pixels);
    Picture image = new Picture(32, 32, 3, pixels);
    assertArrayEquals(pixels, Resize.resize(image, Resize.Box.all(image), 32, 32).pixels());
  }

  @Test
  void boxSelectsItsPart() {
    Picture row = grey(4, 1, 10, 20, 30, 40);
    Picture middle = Resize.resize(row, new Resize.Box(1, 0, 3, 1), 2, 1);
    assertArrayEquals(new int[] {20, 30}, values(middle));
    Picture betweenPixels = Resize.resize(row, new Resize.Box(0.5, 0, 2.5, 1), 2, 1);
    assertArrayEquals(new int[] {15, 25}, values(betweenPixels));
  }

  @Test
  void boxOutsideThePictureIsRefused() {
    Picture row = grey(4, 1, 10, 20, 30, 40);
    for (Resize.Box box :
        new Resize.Box[] {
          new Resize.Box(-1, 0, 2, 1),
          new Resize.Box(2, 0, 2, 1),
          new Resize.Box(0, 0, 5, 1),
          new Resize.Box(0, 0, Double.NaN, 1)
        }) {
      assertThrows(IllegalArgumentException.class, () -> Resize.resize(row, box, 2, 1));
    }
  }
}
