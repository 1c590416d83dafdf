package engram.cl.stream;

import engram.tensor.Shape;

/**
 * How often a network is shown an image that it is measured on: as it is, and moved by a pixel. The
 * mean of its scores is the answer (test-time augmentation; Krizhevsky et al. 2012 for moved
 * images).
 */
public enum Views {
  /** The image as it is. */
  ONE(1),
  /** And one pixel up, left, right and down. */
  FIVE(5),
  /** And along the diagonals. */
  NINE(9);

  private final int count;

  Views(int count) {
    this.count = count;
  }

  /** Number of times that an image is shown. */
  public int count() {
    return count;
  }

  /**
   * Moves images by the {@code n}th move; beyond the border the border goes on.
   *
   * @param n from 1 to {@link #count} - 1: 0 is the image as it is
   * @param pixels [images, height, width, channels], from the start
   * @param image [height, width, channels]
   * @param into takes the moved images, from its start; not {@code pixels}
   */
  public void move(int n, float[] pixels, int images, Shape image, float[] into) {
    // A place among the nine around a pixel, in reading order; the middle one is the image itself.
    int place = this == FIVE ? 2 * n - 1 : n <= 4 ? n - 1 : n;
    int down = place / 3 - 1;
    int right = place % 3 - 1;
    int height = image.dim(0);
    int width = image.dim(1);
    int channels = image.dim(2);
    int inside = width - Math.abs(right);
    for (int row = 0; row < images * height; row++) {
      int y = row % height;
      int from = (row - y + Math.clamp(y - down, 0, height - 1)) * width * channels;
      int to = row * width * channels;
      int first = from + Math.max(0, -right) * channels;
      System.arraycopy(pixels, first, into, to + Math.max(0, right) * channels, inside * channels);
      if (right != 0) {
        int edge = right > 0 ? 0 : width - 1;
        System.arraycopy(pixels, from + edge * channels, into, to + edge * channels, channels);
      }
    }
  }

  @Override
  public String toString() {
    return String.valueOf(count);
  }
}
