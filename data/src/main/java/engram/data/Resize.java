package engram.data;

import java.util.Arrays;

/**
 * Resizes pictures with an antialiasing triangle filter, in the arithmetic of Pillow's {@code
 * resize(size, BILINEAR, box)}: first along rows, then along columns, weights in 22-bit fixed
 * point, rounded to a byte after each pass.
 *
 * <p>When it shrinks, the triangle widens with the scale, so that every source pixel counts; when
 * it enlarges, this is ordinary bilinear interpolation.
 */
public final class Resize {

  private static final int WEIGHT_BITS = 22;
  private static final int HALF = 1 << (WEIGHT_BITS - 1);

  private Resize() {}

  /**
   * A part of a picture in pixel edges: {@code (0, 0, width, height)} is all of it. Edges may fall
   * inside pixels.
   */
  public record Box(double left, double top, double right, double bottom) {

    /** All of {@code image}. */
    public static Box all(Picture image) {
      return new Box(0, 0, image.width(), image.height());
    }

    /** This box after the picture around it has been scaled by {@code x} and {@code y}. */
    public Box scaled(double x, double y) {
      return new Box(left * x, top * y, right * x, bottom * y);
    }

    boolean isInside(Picture image) {
      return left >= 0
          && top >= 0
          && left < right
          && top < bottom
          && right <= image.width()
          && bottom <= image.height();
    }
  }

  /**
   * The part of {@code image} inside {@code box}, as a picture of {@code width} x {@code height}.
   *
   * @throws IllegalArgumentException if the box is empty or leaves the picture
   */
  public static Picture resize(Picture image, Box box, int width, int height) {
    if (!box.isInside(image)) {
      throw new IllegalArgumentException(
          "%s is not inside a picture of %d x %d".formatted(box, image.width(), image.height()));
    }
    if (box.equals(Box.all(image)) && image.width() == width && image.height() == height) {
      return image;
    }
    byte[] pixels =
        resize(image.pixels(), image.height(), image.width(), image.channels(), box, height, width);
    return new Picture(width, height, image.channels(), pixels);
  }

  /**
   * The same of pixels [row, column, channel] with any number of channels.
   *
   * @param box within the picture
   * @return [{@code height}, {@code width}, channel]
   */
  static byte[] resize(
      byte[] pixels, int inHeight, int inWidth, int channels, Box box, int height, int width) {
    Taps columns = Taps.of(inWidth, box.left, box.right, width);
    Taps rows = Taps.of(inHeight, box.top, box.bottom, height);
    byte[] narrow =
        channels == 3
            ? resizeRgbRows(pixels, inHeight, inWidth, columns)
            : resizeRows(pixels, inHeight, inWidth, channels, columns);
    return resizeColumns(narrow, width * channels, rows);
  }

  /** [height, width in, channels] -> [height, width out, channels]. */
  private static byte[] resizeRows(byte[] in, int height, int width, int channels, Taps taps) {
    byte[] out = new byte[height * taps.size() * channels];
    int to = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < taps.size(); x++) {
        for (int channel = 0; channel < channels; channel++) {
          int from = (y * width + taps.first[x]) * channels + channel;
          int sum = HALF;
          for (int weight : taps.weights[x]) {
            sum += weight * (in[from] & 255);
            from += channels;
          }
          out[to++] = sample(sum);
        }
      }
    }
    return out;
  }

  /** The same for three channels, which are most pictures: a weight is read once for all three. */
  private static byte[] resizeRgbRows(byte[] in, int height, int width, Taps taps) {
    byte[] out = new byte[height * taps.size() * 3];
    int to = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < taps.size(); x++) {
        int from = (y * width + taps.first[x]) * 3;
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        for (int weight : taps.weights[x]) {
          red += weight * (in[from] & 255);
          green += weight * (in[from + 1] & 255);
          blue += weight * (in[from + 2] & 255);
          from += 3;
        }
        out[to++] = sample(red);
        out[to++] = sample(green);
        out[to++] = sample(blue);
      }
    }
    return out;
  }

  /** [height in, row] -> [height out, row]: a row is columns times channels. */
  private static byte[] resizeColumns(byte[] in, int row, Taps taps) {
    byte[] out = new byte[taps.size() * row];
    int[] sums = new int[row];
    for (int y = 0; y < taps.size(); y++) {
      Arrays.fill(sums, HALF);
      int from = taps.first[y] * row;
      for (int weight : taps.weights[y]) {
        for (int i = 0; i < row; i++) {
          sums[i] += weight * (in[from + i] & 255);
        }
        from += row;
      }
      for (int i = 0; i < row; i++) {
        out[y * row + i] = sample(sums[i]);
      }
    }
    return out;
  }

  /** Fixed point to byte; rounded weights may sum to just over one. */
  private static byte sample(int sum) {
    return (byte) Math.min(255, sum >> WEIGHT_BITS);
  }

  /** For each output position along one axis: first input position and the weights from there. */
  private record Taps(int[] first, int[][] weights) {

    int size() {
      return first.length;
    }

    static Taps of(int inSize, double from, double to, int outSize) {
      double scale = (to - from) / outSize;
      double support = Math.max(scale, 1); // half the base of the triangle, in input pixels
      int[] first = new int[outSize];
      int[][] weights = new int[outSize][];
      for (int i = 0; i < outSize; i++) {
        double centre = from + (i + 0.5) * scale;
        first[i] = Math.max(0, (int) (centre - support + 0.5));
        int end = Math.min(inSize, (int) (centre + support + 0.5));
        double[] triangle = new double[end - first[i]];
        double sum = 0;
        for (int k = 0; k < triangle.length; k++) {
          double distance = Math.abs(first[i] + k - centre + 0.5) / support;
          triangle[k] = Math.max(0, 1 - distance);
          sum += triangle[k];
        }
        weights[i] = new int[triangle.length];
        for (int k = 0; k < triangle.length; k++) {
          weights[i][k] = (int) (0.5 + triangle[k] / sum * (1 << WEIGHT_BITS));
        }
      }
      return new Taps(first, weights);
    }
  }
}
