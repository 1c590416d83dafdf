package engram.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlurTest {

  /** A point of 160 in the middle of 5 x 3: a quarter goes to each side, of that to the corners. */
  @Test
  void aPointSpreadsToItsNeighbours() {
    byte[] image = new byte[5 * 3 * 3];
    image[(2 * 3 + 1) * 3 + 1] = (byte) 160;
    new Blur(5, 3, 3).apply(image, 0.25f);
    int[][] expected = {{0, 0, 0}, {10, 20, 10}, {20, 40, 20}, {10, 20, 10}, {0, 0, 0}};
    for (int row = 0; row < 5; row++) {
      for (int column = 0; column < 3; column++) {
        assertEquals(0, image[(row * 3 + column) * 3], "red stays as it was");
        assertEquals(expected[row][column], image[(row * 3 + column) * 3 + 1]);
      }
    }
  }

  @Test
  void oneColourStaysAndBrightValuesAreNotNegative() {
    byte[] image = new byte[4 * 4 * 3];
    Arrays.fill(image, (byte) 250);
    byte[] before = image.clone();
    new Blur(4, 4, 3).apply(image, 1 / 3f);
    assertArrayEquals(before, image);
  }

  @Test
  void aShareOfNothingLeavesTheImage() {
    byte[] image = new byte[7 * 5 * 3];
    new Random(1).nextBytes(image);
    byte[] before = image.clone();
    new Blur(7, 5, 3).apply(image, 0);
    assertArrayEquals(before, image);
  }

  @Test
  void onePixelHasNoNeighbours() {
    byte[] image = {1, 2, 3};
    new Blur(1, 1, 3).apply(image, 0.25f);
    assertArrayEquals(new byte[] {1, 2, 3}, image);
  }

  /** Grey images are treated as each channel of coloured ones is. */
  @Test
  void aGreyImageBecomesWhatAChannelOfItBecomes() {
    byte[] grey = new byte[7 * 9];
    new Random(5).nextBytes(grey);
    byte[] colour = new byte[3 * grey.length];
    for (int i = 0; i < colour.length; i++) {
      colour[i] = grey[i / 3];
    }
    new Blur(7, 9, 1).apply(grey, 0.2f);
    new Blur(7, 9, 3).apply(colour, 0.2f);
    for (int i = 0; i < colour.length; i++) {
      assertEquals(grey[i / 3], colour[i], "value " + i);
    }
  }
}
