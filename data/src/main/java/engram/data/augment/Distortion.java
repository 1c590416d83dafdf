package engram.data.augment;

/**
 * Another photograph of the same sign: moved, turned, nearer or farther, in other light; mirrored
 * only where that is asked for: it turns a sign for left into one for right.
 *
 * <p>Pixels are read between four neighbours (bilinear); beyond the border the border goes on.
 *
 * @param height pixel rows of an image
 * @param width pixel columns of an image
 * @param channels values of a pixel: 1 for grey, 3 for colour
 */
public record Distortion(int height, int width, int channels) {
  private static final float MID_GREY = 127.5f;
  private static final int SHIFT = 16;
  private static final int ONE = 1 << SHIFT;

  /**
   * Distorts one image.
   *
   * @param source holds the image, unsigned bytes [height, width, channels], from {@code from}
   * @param target gets the image, from its start; not {@code source}
   * @param right pixels by which the content moves to the right
   * @param down pixels by which it moves down
   * @param zoom above 1 it comes nearer
   * @param angle radians by which it turns clockwise
   * @param contrast factor of each value's distance from mid-grey
   * @param brightness added to each value, of 255
   * @param mirrored whether left and right change places when all is done
   */
  public void apply(
      byte[] source,
      int from,
      byte[] target,
      float right,
      float down,
      float zoom,
      float angle,
      float contrast,
      float brightness,
      boolean mirrored) {
    byte[] light = light(contrast, brightness);
    // Each target pixel asks where it comes from: the inverse of turn, zoom and move. Coordinates
    // are whole numbers of 1/65536 pixel, shares of 1/256: several times faster than floats here.
    double cos = StrictMath.cos(angle) / zoom;
    double sin = StrictMath.sin(angle) / zoom;
    double middleX = (width - 1) / 2.0;
    double middleY = (height - 1) / 2.0;
    int stepX = (int) Math.rint(ONE * cos);
    int stepY = (int) Math.rint(-ONE * sin);
    int limitX = (width - 1) << SHIFT;
    int limitY = (height - 1) << SHIFT;
    int step = mirrored ? -channels : channels;
    for (int row = 0; row < height; row++) {
      double dx = -middleX - right;
      double dy = row - middleY - down;
      int x = (int) Math.rint(ONE * (middleX + cos * dx + sin * dy));
      int y = (int) Math.rint(ONE * (middleY - sin * dx + cos * dy));
      int to = (row * width + (mirrored ? width - 1 : 0)) * channels;
      for (int column = 0; column < width; column++, to += step) {
        int inX = Math.min(Math.max(x, 0), limitX);
        int inY = Math.min(Math.max(y, 0), limitY);
        int at = from + ((inY >> SHIFT) * width + (inX >> SHIFT)) * channels;
        int nextX = inX < limitX ? channels : 0;
        int nextY = inY < limitY ? width * channels : 0;
        int shareX = inX >> 8 & 0xFF;
        int shareY = inY >> 8 & 0xFF;
        for (int channel = 0; channel < channels; channel++, at++) {
          int upper = mix(source[at], source[at + nextX], shareX);
          int lower = mix(source[at + nextY], source[at + nextY + nextX], shareX);
          int value = (256 * upper + shareY * (lower - upper) + (1 << 15)) >> SHIFT;
          target[to + channel] = light[value];
        }
        x += stepX;
        y += stepY;
      }
    }
  }

  /** What each value becomes in other light. */
  private static byte[] light(float contrast, float brightness) {
    byte[] values = new byte[256];
    for (int value = 0; value < 256; value++) {
      float lit = contrast * (value - MID_GREY) + MID_GREY + brightness;
      values[value] = (byte) Math.clamp(Math.round(lit), 0, 255);
    }
    return values;
  }

  /** Of two bytes, the second weighing {@code share} of 256; 256 times the value. */
  private static int mix(byte a, byte b, int share) {
    int first = a & 0xFF;
    return 256 * first + share * ((b & 0xFF) - first);
  }
}
