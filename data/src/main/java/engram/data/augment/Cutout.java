package engram.data.augment;

import java.util.Arrays;

/**
 * Covers a square of an image with mid-grey, as a twig or a sticker covers a sign, so that no
 * single part decides alone (DeVries and Taylor 2017).
 *
 * @param height pixel rows of an image
 * @param width pixel columns of an image
 * @param channels values of a pixel: 1 for grey, 3 for colour
 */
public record Cutout(int height, int width, int channels) {
  private static final byte MID_GREY = (byte) 128;

  /**
   * Covers a square, in place; what of it lies outside of the image is left out.
   *
   * @param image unsigned bytes [height, width, channels], from the start
   * @param row first pixel row of the square, may be negative
   * @param column first pixel column of the square, may be negative
   * @param side pixels of its side
   */
  public void apply(byte[] image, int row, int column, int side) {
    int left = Math.clamp(column, 0, width);
    int right = Math.clamp((long) column + side, 0, width);
    for (int y = Math.max(0, row); y < Math.min(height, row + side); y++) {
      Arrays.fill(image, (y * width + left) * channels, (y * width + right) * channels, MID_GREY);
    }
  }
}
