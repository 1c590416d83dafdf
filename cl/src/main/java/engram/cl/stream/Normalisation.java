package engram.cl.stream;

import java.util.Locale;

/** How the bytes of an image become the floats that a network sees. */
public enum Normalisation {
  /** {@code value / 255}, in [0, 1], as PyTorch's {@code ToTensor}. */
  UNIT {
    @Override
    void convert(byte[] source, int from, float[] target, int to, int count) {
      for (int i = 0; i < count; i++) {
        target[to + i] = (source[from + i] & 0xFF) / 255f;
      }
    }
  },

  /**
   * {@code (value - mean) / deviation} with mean and standard deviation over all values of the one
   * image, as TensorFlow's {@code per_image_standardization}: the deviation counts as no less than
   * {@code 1 / sqrt(count)} of the range [0, 1]. A dark photograph and a bright one of the same
   * sign then look alike.
   */
  STANDARD {
    @Override
    void convert(byte[] source, int from, float[] target, int to, int count) {
      long sum = 0;
      long squares = 0;
      for (int i = 0; i < count; i++) {
        int value = source[from + i] & 0xFF;
        sum += value;
        squares += (long) value * value;
      }
      double mean = (double) sum / count;
      double variance = (double) squares / count - mean * mean;
      double deviation = Math.max(Math.sqrt(Math.max(0, variance)), 255 / Math.sqrt(count));
      float shift = (float) mean;
      float scale = (float) (1 / deviation);
      for (int i = 0; i < count; i++) {
        target[to + i] = ((source[from + i] & 0xFF) - shift) * scale;
      }
    }
  };

  abstract void convert(byte[] source, int from, float[] target, int to, int count);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
