package engram.data.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutoutTest {

  /** Squares inside, over each border, over all of it, and beside it. */
  @ParameterizedTest
  @CsvSource({
    "1, 2, 2, 4",
    "-1, 0, 2, 2",
    "3, 0, 2, 2",
    "0, -1, 2, 2",
    "0, 5, 2, 2",
    "-9, -9, 30, 24",
    "-3, 0, 2, 0",
    "4, 0, 2, 0",
    "0, -3, 2, 0",
    "0, 6, 2, 0",
    "0, 0, 0, 0"
  })
  void theSquareIsGreyAsFarAsThereIsAnImage(int row, int column, int side, int pixels) {
    int height = 4;
    int width = 6;
    byte[] image = new byte[height * width * 3];
    new Cutout(height, width, 3).apply(image, row, column, side);
    int covered = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean inside = y >= row && y < row + side && x >= column && x < column + side;
        for (int channel = 0; channel < 3; channel++) {
          int value = image[(y * width + x) * 3 + channel] & 0xFF;
          assertEquals(inside ? 128 : 0, value, "row " + y + ", column " + x);
        }
        covered += inside ? 1 : 0;
      }
    }
    assertEquals(pixels, covered);
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
    new Cutout(7, 9, 1).apply(grey, 2, 3, 4);
    new Cutout(7, 9, 3).apply(colour, 2, 3, 4);
    for (int i = 0; i < colour.length; i++) {
      assertEquals(grey[i / 3], colour[i], "value " + i);
    }
  }
}
