package engram.data;

/**
 * One picture of any size, grey or in colour.
 *
 * @param width columns
 * @param height rows
 * @param channels 1 for grey, 3 for red, green, blue
 * @param pixels [row, column, channel], unsigned bytes
 */
public record Picture(int width, int height, int channels, byte[] pixels) {

  public Picture {
    if (width < 1
        || height < 1
        || channels != 1 && channels != 3
        || pixels.length != (long) width * height * channels) {
      throw new IllegalArgumentException(
          "%d bytes do not describe a picture of %d x %d pixels with %d channels"
              .formatted(pixels.length, width, height, channels));
    }
  }

  /** The same in colour: grey becomes three equal values. */
  public Picture inColour() {
    if (channels == 3) {
      return this;
    }
    byte[] colour = new byte[3 * pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      colour[3 * i] = pixels[i];
      colour[3 * i + 1] = pixels[i];
      colour[3 * i + 2] = pixels[i];
    }
    return new Picture(width, height, 3, colour);
  }
}
