package engram.data.inspect;

import engram.data.ImageSet;

/**
 * Mean and standard deviation of each channel over all pixels of all images, of values from 0 to 1:
 * what papers give as a data set's normalisation.
 *
 * @param means of each channel
 * @param deviations of each channel, of all pixels (divided by their number, not one less)
 */
public record PixelStatistics(double[] means, double[] deviations) {

  /** Those of {@code images}, of which there must be one at least. */
  public static PixelStatistics of(ImageSet images) {
    int channels = images.channels();
    long[] sums = new long[channels];
    long[] squares = new long[channels];
    byte[] pixels = images.pixels();
    for (int i = 0; i < pixels.length; ) {
      for (int channel = 0; channel < channels; channel++) {
        int value = pixels[i++] & 255;
        sums[channel] += value;
        squares[channel] += (long) value * value;
      }
    }
    double count = (double) pixels.length / channels;
    double[] means = new double[channels];
    double[] deviations = new double[channels];
    for (int channel = 0; channel < channels; channel++) {
      double mean = sums[channel] / count;
      means[channel] = mean / 255;
      deviations[channel] = Math.sqrt(squares[channel] / count - mean * mean) / 255;
    }
    return new PixelStatistics(means, deviations);
  }
}
