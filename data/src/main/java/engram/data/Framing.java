package engram.data;

import engram.base.Parallel;

/** Brings all images of a set to another size: resized, or with a black margin. */
public final class Framing {
  private Framing() {}

  /**
   * The images resized to {@code side} x {@code side}, in {@link Resize}'s arithmetic; a set that
   * has this size is returned as it is.
   *
   * @param threads how many threads resize; the result does not depend on it
   * @throws DataException if so many large images do not fit in memory at once
   */
  public static ImageSet resized(ImageSet images, int side, int threads) {
    if (images.height() == side && images.width() == side) {
      return images;
    }
    int bytes = images.imageBytes();
    int out = side * side * images.channels();
    byte[] pixels = ImageSet.room(images.size(), side, side, images.channels());
    Resize.Box box = new Resize.Box(0, 0, images.width(), images.height());
    Parallel.forEach(
        images.size(),
        threads,
        i -> {
          byte[] image = new byte[bytes];
          System.arraycopy(images.pixels(), i * bytes, image, 0, bytes);
          byte[] resized =
              Resize.resize(
                  image, images.height(), images.width(), images.channels(), box, side, side);
          System.arraycopy(resized, 0, pixels, i * out, out);
        });
    return with(images, side, side, pixels);
  }

  /**
   * The images with {@code margin} black pixels on each side.
   *
   * @throws DataException if so many large images do not fit in memory at once
   */
  public static ImageSet padded(ImageSet images, int margin) {
    if (margin == 0) {
      return images;
    }
    int height = images.height() + 2 * margin;
    int width = images.width() + 2 * margin;
    int channels = images.channels();
    byte[] pixels = ImageSet.room(images.size(), height, width, channels);
    int row = images.width() * channels;
    int from = 0;
    for (int i = 0; i < images.size(); i++) {
      for (int y = 0; y < images.height(); y++, from += row) {
        int to = ((i * height + margin + y) * width + margin) * channels;
        System.arraycopy(images.pixels(), from, pixels, to, row);
      }
    }
    return with(images, height, width, pixels);
  }

  private static ImageSet with(ImageSet images, int height, int width, byte[] pixels) {
    return new ImageSet(height, width, images.channels(), pixels, images.labels(), images.tracks());
  }
}
