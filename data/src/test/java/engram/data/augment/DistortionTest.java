package engram.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DistortionTest {
  private static final int HEIGHT = 7;
  private static final int WIDTH = 9;
  private static final Distortion DISTORTION = new Distortion(HEIGHT, WIDTH, 3);
  private static final float QUARTER_TURN = (float) (Math.PI / 2);

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static int at(byte[] image, int row, int column, int width) {
    return image[(row * width + column) * 3 + 1] & 0xFF;
  }

  @Test
  void nothingAskedChangesNothing() {
    byte[] source = noise(HEIGHT * WIDTH * 3);
    byte[] target = new byte[source.length];
    DISTORTION.apply(source, 0, target, 0, 0, 1, 0, 1, 0, false);
    assertArrayEquals(source, target);
  }

  @Test
  void theImageStartsAtItsOffset() {
    byte[] source = noise(5 + HEIGHT * WIDTH * 3);
    byte[] target = new byte[HEIGHT * WIDTH * 3];
    DISTORTION.apply(source, 5, target, 0, 0, 1, 0, 1, 0, false);
    assertArrayEquals(java.util.Arrays.copyOfRange(source, 5, source.length), target);
  }

  @Test
  void contentMovesRightAndDownAndTheBorderGoesOn() {
    byte[] source = noise(HEIGHT * WIDTH * 3);
    byte[] target = new byte[source.length];
    DISTORTION.apply(source, 0, target, 2, 1, 1, 0, 1, 0, false);
    assertEquals(at(source, 3, 4, WIDTH), at(target, 4, 6, WIDTH));
    assertEquals(at(source, 0, 0, WIDTH), at(target, 0, 1, WIDTH));
  }

  @Test
  void mirroredIsTheSameImageWithLeftAndRightExchanged() {
    byte[] source = noise(HEIGHT * WIDTH * 3);
    byte[] plain = new byte[source.length];
    byte[] mirrored = new byte[source.length];
    DISTORTION.apply(source, 0, plain, 1.3f, -0.4f, 1.1f, 0.2f, 1.2f, 9, false);
    DISTORTION.apply(source, 0, mirrored, 1.3f, -0.4f, 1.1f, 0.2f, 1.2f, 9, true);
    for (int row = 0; row < HEIGHT; row++) {
      for (int column = 0; column < WIDTH; column++) {
        int across = WIDTH - 1 - column;
        assertEquals(at(plain, row, column, WIDTH), at(mirrored, row, across, WIDTH));
      }
    }
  }

  @Test
  void betweenTwoPixelsIsTheirMean() {
    byte[] source = new byte[2 * 3];
    source[1] = (byte) 10;
    source[4] = (byte) 200;
    byte[] target = new byte[source.length];
    new Distortion(1, 2, 3).apply(source, 0, target, 0.5f, 0, 1, 0, 1, 0, false);
    assertEquals(10, at(target, 0, 0, 2));
    assertEquals(105, at(target, 0, 1, 2));
  }

  @Test
  void aQuarterTurnClockwiseTakesTheTopToTheRight() {
    byte[] source = noise(5 * 5 * 3);
    byte[] target = new byte[source.length];
    new Distortion(5, 5, 3).apply(source, 0, target, 0, 0, 1, QUARTER_TURN, 1, 0, false);
    assertEquals(at(source, 0, 2, 5), at(target, 2, 4, 5));
    assertEquals(at(source, 2, 2, 5), at(target, 2, 2, 5));
  }

  @Test
  void nearerMeansThatTheSameContentIsFartherFromTheMiddle() {
    byte[] source = noise(5 * 5 * 3);
    byte[] target = new byte[source.length];
    new Distortion(5, 5, 3).apply(source, 0, target, 0, 0, 2, 0, 1, 0, false);
    assertEquals(at(source, 2, 3, 5), at(target, 2, 4, 5));
  }

  @Test
  void lightIsContrastAroundGreyThenBrightnessAndEndsAtTheRange() {
    byte[] source = {0, 100, (byte) 200};
    byte[] target = new byte[3];
    new Distortion(1, 1, 3).apply(source, 0, target, 0, 0, 1, 0, 2, 10, false);
    assertArrayEquals(new byte[] {0, 83, (byte) 255}, target);
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
    byte[] greyAfter = new byte[grey.length];
    byte[] colourAfter = new byte[colour.length];
    new Distortion(7, 9, 1).apply(grey, 0, greyAfter, 1.3f, -0.4f, 1.1f, 0.2f, 1.2f, 9, false);
    new Distortion(7, 9, 3).apply(colour, 0, colourAfter, 1.3f, -0.4f, 1.1f, 0.2f, 1.2f, 9, false);
    for (int i = 0; i < colour.length; i++) {
      assertEquals(greyAfter[i / 3], colourAfter[i], "value " + i);
    }
  }
}
