package engram.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * Labelled images of one size, held as bytes.
 *
 * @param height rows of an image
 * @param width columns of an image
 * @param channels values of a pixel (3 for red, green, blue)
 * @param pixels all images, [image, row, column, channel], unsigned bytes
 * @param labels class of each image, from 0
 * @param tracks physical sign that each image shows: images of one track are near-duplicates and
 *     must stay on one side of a split
 */
public record ImageSet(
    int height, int width, int channels, byte[] pixels, int[] labels, int[] tracks) {

  public ImageSet {
    Objects.requireNonNull(pixels);
    if (labels.length != tracks.length
        || pixels.length != (long) labels.length * height * width * channels) {
      throw new IllegalArgumentException(
          "%d labels, %d tracks and %d bytes do not describe one set of %d x %d x %d images"
              .formatted(labels.length, tracks.length, pixels.length, height, width, channels));
    }
  }

  /**
   * Bytes for the pixels of {@code count} images.
   *
   * @throws DataException if that is more than an array holds
   */
  public static byte[] room(int count, int height, int width, int channels) {
    long bytes = (long) count * height * width * channels;
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new DataException(
          String.format(Locale.ROOT, "%,d images of %d x %d x %d", count, height, width, channels),
          String.format(Locale.ROOT, "%.1f GB, expected at most 2 GB", bytes / 1e9),
          "Choose a smaller --side or --pad");
    }
    return new byte[(int) bytes];
  }

  /** Number of images. */
  public int size() {
    return labels.length;
  }

  /** Bytes of one image. */
  public int imageBytes() {
    return height * width * channels;
  }

  /** The images at {@code indices}, in that order. */
  public ImageSet select(int[] indices) {
    int bytes = imageBytes();
    byte[] chosen = new byte[indices.length * bytes];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(pixels, indices[i] * bytes, chosen, i * bytes, bytes);
    }
    return new ImageSet(
        height,
        width,
        channels,
        chosen,
        Arrays.stream(indices).map(i -> labels[i]).toArray(),
        Arrays.stream(indices).map(i -> tracks[i]).toArray());
  }
}
