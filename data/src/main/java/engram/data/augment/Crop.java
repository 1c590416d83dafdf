package engram.data.augment;

import java.util.Arrays;

/**
 * A window of an image's own size, cut from the image with a black frame around it: the image moved
 * by whole pixels, as networks for small photographs are commonly trained (He et al. 2016). Black
 * is byte 0, before any normalisation, as torchvision's {@code RandomCrop} in front of {@code
 * ToTensor}.
 *
 * @param height pixel rows of an image
 * @param width pixel columns of an image
 * @param channels values of a pixel: 1 for grey, 3 for colour
 */
public record Crop(int height, int width, int channels) {

  /**
   * Cuts one image.
   *
   * @param source holds the image, unsigned bytes [height, width, channels], from {@code from}
   * @param target gets the image, from its start; not {@code source}
   * @param down pixel rows from the image's top to the window's, negative if that is above it
   * @param right pixel columns from the image's left border to the window's, may be negative
   * @param mirrored whether left and right of the window change places
   */
  public void apply(byte[] source, int from, byte[] target, int down, int right, boolean mirrored) {
    Arrays.fill(target, 0, height * width * channels, (byte) 0);
    int first = Math.max(0, -right);
    int end = Math.min(width, width - right);
    for (int row = Math.max(0, -down); row < Math.min(height, height - down); row++) {
      int line = from + ((row + down) * width + right) * channels;
      for (int column = first; column < end; column++) {
        int to = (row * width + (mirrored ? width - 1 - column : column)) * channels;
        for (int channel = 0; channel < channels; channel++) {
          target[to + channel] = source[line + column * channels + channel];
        }
      }
    }
  }
}
