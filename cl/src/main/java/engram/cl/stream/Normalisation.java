package engram.cl.stream;

import engram.data.ImageSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the bytes of an image become the floats that a network sees. */
public sealed interface Normalisation
    permits Normalisation.Unit,
        Normalisation.Symmetric,
        Normalisation.PerImage,
        Normalisation.PerChannel,
        LocalContrast {

  /** {@code value / 255}. */
  Normalisation UNIT = new Unit();

  /** Each image by itself. */
  Normalisation STANDARD = new PerImage();

  /** {@code (value / 255 - 0.5) 2}. */
  Normalisation SYMMETRIC = new Symmetric();

  /**
   * Converts values of one image; nothing is allocated.
   *
   * @param source holds unsigned bytes [row, column, channel], from {@code from}
   * @param target gets the floats in the same order, {@code to} on
   * @param count values of an image
   */
  void convert(byte[] source, int from, float[] target, int to, int count);

  /** The same with work space of its own, where it needs any: for another thread. */
  default Normalisation ofItsOwn() {
    return this;
  }

  /** What is done, with its numbers, for people. */
  String text();

  /** {@code value / 255}, in [0, 1], as PyTorch's {@code ToTensor}. */
  record Unit() implements Normalisation {
    @Override
    public void convert(byte[] source, int from, float[] target, int to, int count) {
      for (int i = 0; i < count; i++) {
        target[to + i] = (source[from + i] & 0xFF) / 255f;
      }
    }

    @Override
    public String text() {
      return "from 0 to 1";
    }
  }

  /** {@code (value / 255 - 0.5) 2}, in [-1, 1]. */
  record Symmetric() implements Normalisation {
    @Override
    public void convert(byte[] source, int from, float[] target, int to, int count) {
      for (int i = 0; i < count; i++) {
        target[to + i] = ((source[from + i] & 0xFF) / 255f - 0.5f) * 2;
      }
    }

    @Override
    public String text() {
      return "from -1 to 1";
    }
  }

  /**
   * {@code (value - mean) / deviation} with mean and standard deviation over all values of the one
   * image, as TensorFlow's {@code per_image_standardization}: the deviation counts as no less than
   * {@code 1 / sqrt(count)} of the range [0, 1]. A dark photograph and a bright one of the same
   * sign then look alike.
   */
  record PerImage() implements Normalisation {
    @Override
    public void convert(byte[] source, int from, float[] target, int to, int count) {
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

    @Override
    public String text() {
      return "each image to mean 0 and deviation 1";
    }
  }

  /**
   * {@code (value / 255 - mean) / deviation} with numbers of its own for each channel, as PyTorch's
   * {@code Normalize} behind {@code ToTensor}.
   */
  final class PerChannel implements Normalisation {
    private final List<Double> means;
    private final List<Double> deviations;

    /** What each byte becomes, [channel, byte]. */
    private final float[] values;

    /**
     * @param means of each channel, 0 to 1
     * @param deviations of each channel, above 0
     */
    public PerChannel(List<Double> means, List<Double> deviations) {
      this.means = List.copyOf(means);
      this.deviations = List.copyOf(deviations);
      if (means.isEmpty()
          || means.size() != deviations.size()
          || !deviations.stream().allMatch(deviation -> deviation > 0)) {
        throw new IllegalArgumentException(
            "pixels: means are %s and deviations %s, expected one of both for each channel, deviations above 0"
                .formatted(means, deviations));
      }
      values = new float[256 * means.size()];
      for (int i = 0; i < values.length; i++) {
        double unit = (i & 0xFF) / 255.0;
        values[i] = (float) ((unit - means.get(i >> 8)) / deviations.get(i >> 8));
      }
    }

    /**
     * The numbers of a set of images, from exact sums of its bytes; the deviation is that of the
     * values themselves, not an estimate of one behind them. A channel of one value alone is only
     * moved to 0.
     *
     * @param images at least one
     */
    public static PerChannel of(ImageSet images) {
      int channels = images.channels();
      long[] sums = new long[channels];
      long[] squares = new long[channels];
      byte[] pixels = images.pixels();
      for (int i = 0; i < pixels.length; i += channels) {
        for (int channel = 0; channel < channels; channel++) {
          int value = pixels[i + channel] & 0xFF;
          sums[channel] += value;
          squares[channel] += (long) value * value;
        }
      }
      List<Double> means = new ArrayList<>();
      List<Double> deviations = new ArrayList<>();
      double count = (double) pixels.length / channels;
      for (int channel = 0; channel < channels; channel++) {
        double mean = sums[channel] / count;
        double variance = squares[channel] / count - mean * mean;
        means.add(mean / 255);
        deviations.add(variance < 1e-9 ? 1 : Math.sqrt(variance) / 255);
      }
      return new PerChannel(means, deviations);
    }

    /** Mean of each channel, of values from 0 to 1. */
    public List<Double> means() {
      return means;
    }

    /** Standard deviation of each channel, of values from 0 to 1. */
    public List<Double> deviations() {
      return deviations;
    }

    @Override
    public void convert(byte[] source, int from, float[] target, int to, int count) {
      int channels = means.size();
      for (int channel = 0; channel < channels; channel++) {
        int table = channel << 8;
        for (int i = channel; i < count; i += channels) {
          target[to + i] = values[table | source[from + i] & 0xFF];
        }
      }
    }

    /** {@code mean 0.4914 0.4822 0.4465, deviation 0.2470 0.2435 0.2616}. */
    @Override
    public String text() {
      return "mean %s, deviation %s".formatted(text(means), text(deviations));
    }

    private static String text(List<Double> numbers) {
      return numbers.stream()
          .map(number -> String.format(Locale.ROOT, "%.4f", number))
          .collect(Collectors.joining(" "));
    }
  }
}
