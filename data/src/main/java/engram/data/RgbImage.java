package engram.data;

/**
 * One colour picture of any size.
 *
 * @param width columns
 * @param height rows
 * @param pixels [row, column, red-green-blue], unsigned bytes
 */
public record RgbImage(int width, int height, byte[] pixels) {

  /** Bytes of a pixel. */
  public static final int CHANNELS = 3;

  public RgbImage {
    if (width < 1 || height < 1 || pixels.length != (long) width * height * CHANNELS) {
      throw new IllegalArgumentException(
          "%d bytes do not describe a picture of %d x %d pixels"
              .formatted(pixels.length, width, height));
    }
  }
}
