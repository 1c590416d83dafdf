package engram.cl.stream;

/**
 * Each value by what surrounds it (local contrast normalisation; Pinto et al. 2008, Jarrett et al.
 * 2009):
 *
 * <pre>(value - mean) / sqrt(variance + (0.3 deviation of the image)^2 + 3^2)</pre>
 *
 * with mean and variance over all channels of the square of 17 x 17 pixels around it, or what of it
 * lies within the image. A sign in the shadow in front of a bright sky then looks like one in the
 * sun; that channels share their mean leaves it its colour. The two last terms keep what is even,
 * such as the sky, from becoming all noise.
 */
final class LocalContrast implements Normalisation {
  private static final int REACH = 8;
  private static final double SHARE_OF_IMAGE = 0.3;
  private static final double LEAST = 3;

  private final int height;
  private final int width;
  private final int channels;

  /** Sums over all pixels above and to the left, [height + 1, width + 1]. */
  private final long[] sums;

  private final long[] squares;

  /** For images of one size; one thread at a time. */
  LocalContrast(int height, int width, int channels) {
    this.height = height;
    this.width = width;
    this.channels = channels;
    sums = new long[(height + 1) * (width + 1)];
    squares = new long[sums.length];
  }

  @Override
  public Normalisation ofItsOwn() {
    return new LocalContrast(height, width, channels);
  }

  @Override
  public void convert(byte[] source, int from, float[] target, int to, int count) {
    add(source, from);
    double mean = (double) sums[sums.length - 1] / count;
    double variance = (double) squares[sums.length - 1] / count - mean * mean;
    double least = SHARE_OF_IMAGE * SHARE_OF_IMAGE * variance + LEAST * LEAST;
    int at = 0;
    for (int row = 0; row < height; row++) {
      int top = Math.max(0, row - REACH);
      int bottom = Math.min(height, row + REACH + 1);
      for (int column = 0; column < width; column++) {
        int left = Math.max(0, column - REACH);
        int right = Math.min(width, column + REACH + 1);
        double values = (double) (bottom - top) * (right - left) * channels;
        double around = within(sums, top, bottom, left, right) / values;
        double square = within(squares, top, bottom, left, right) / values;
        double off = Math.max(0, square - around * around);
        float shift = (float) around;
        float scale = (float) (1 / Math.sqrt(off + least));
        for (int channel = 0; channel < channels; channel++, at++) {
          target[to + at] = ((source[from + at] & 0xFF) - shift) * scale;
        }
      }
    }
  }

  private void add(byte[] source, int from) {
    int stride = width + 1;
    int at = from;
    for (int row = 1; row <= height; row++) {
      long sum = 0;
      long square = 0;
      for (int column = 1; column <= width; column++) {
        for (int channel = 0; channel < channels; channel++, at++) {
          int value = source[at] & 0xFF;
          sum += value;
          square += (long) value * value;
        }
        int corner = row * stride + column;
        sums[corner] = sums[corner - stride] + sum;
        squares[corner] = squares[corner - stride] + square;
      }
    }
  }

  private double within(long[] table, int top, int bottom, int left, int right) {
    int stride = width + 1;
    return table[bottom * stride + right]
        - table[top * stride + right]
        - table[bottom * stride + left]
        + table[top * stride + left];
  }

  @Override
  public String text() {
    return "each value by its surroundings of 17 x 17 pixels";
  }
}
