package engram.data;

import java.util.Arrays;
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
