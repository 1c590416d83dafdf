package engram.data.augment;

/**
 * Softens an image in place, as a camera out of focus or in motion does: each value becomes a
 * weighted mean of itself and its two neighbours, first along rows, then along columns. Beyond the
 * border the border goes on.
 *
 * @param height pixel rows of an image
 * @param width pixel columns of an image
 * @param channels values of a pixel: 1 for grey, 3 for colour
 */
public record Blur(int height, int width, int channels) {

  /**
   * Softens one image.
   *
   * @param image unsigned bytes [height, width, channels], from the start
   * @param share weight of each neighbour, 0 (as it is) to 1/3 (a plain mean of three)
   */
  public void apply(byte[] image, float share) {
    int weight = Math.round(256 * share);
    for (int row = 0; row < height; row++) {
      for (int channel = 0; channel < channels; channel++) {
        soften(image, row * width * channels + channel, channels, width, weight);
      }
    }
    for (int at = 0; at < width * channels; at++) {
      soften(image, at, width * channels, height, weight);
    }
  }

  /** One line of {@code count} values; the value before the present one is carried along. */
  private static void soften(byte[] image, int from, int step, int count, int weight) {
    int before = image[from] & 0xFF;
    for (int i = 0, at = from; i < count; i++, at += step) {
      int value = image[at] & 0xFF;
      int after = i < count - 1 ? image[at + step] & 0xFF : value;
      image[at] = (byte) ((256 * value + weight * (before + after - 2 * value) + 128) >> 8);
      before = value;
    }
  }
}
