package engram.cl.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import engram.data.ImageSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalisationTest {
  private static final int IMAGES = 40;
  private static final int PIXELS = 5 * 7;

  /** Images whose channels differ in brightness and contrast. */
  private static ImageSet images(int channels) {
    byte[] pixels = new byte[IMAGES * PIXELS * channels];
    Random random = new Random(1);
    for (int i = 0; i < pixels.length; i++) {
      int channel = i % channels;
      pixels[i] = (byte) (40 * channel + random.nextInt(60 + 30 * channel));
    }
    return new ImageSet(5, 7, channels, pixels, new int[IMAGES], new int[IMAGES]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void eachChannelHasMeanNothingAndDeviationOneOverAllImages(int channels) {
    ImageSet images = images(channels);
    Normalisation normalisation = PixelScale.CHANNEL.of(images);
    double[] sums = new double[channels];
    double[] squares = new double[channels];
    float[] image = new float[2 + PIXELS * channels];
    for (int i = 0; i < IMAGES; i++) {
      int from = i * images.imageBytes();
      normalisation.convert(images.pixels(), from, image, 2, images.imageBytes());
      for (int p = 0; p < images.imageBytes(); p++) {
        sums[p % channels] += image[2 + p];
        squares[p % channels] += (double) image[2 + p] * image[2 + p];
      }
    }
    for (int channel = 0; channel < channels; channel++) {
      assertEquals(0, sums[channel] / (IMAGES * PIXELS), 1e-4);
      assertEquals(1, Math.sqrt(squares[channel] / (IMAGES * PIXELS)), 1e-4);
    }
  }

  /** Two pixels of 0 and 255 in red, 51 and 153 in green, 102 in blue. */
  @Test
  void theNumbersOfAChannelAreToldAsByHand() {
    byte[] pixels = {0, 51, 102, (byte) 255, (byte) 153, 102};
    ImageSet one = new ImageSet(1, 2, 3, pixels, new int[1], new int[1]);
    Normalisation.PerChannel channels = Normalisation.PerChannel.of(one);
    assertEquals("mean 0.5000 0.4000 0.4000, deviation 0.5000 0.2000 1.0000", channels.text());
    float[] image = new float[6];
    channels.convert(pixels, 0, image, 0, 6);
    assertArrayEquals(new float[] {-1, -1, 0, 1, 1, 0}, image, 1e-6f);
  }

  /** What papers give for MNIST with a frame of two: {@code (x - 0.1) / 0.2752}. */
  @Test
  void publishedNumbersMayBeGiven() {
    Normalisation mnist = new Normalisation.PerChannel(List.of(0.1), List.of(0.2752));
    float[] image = new float[2];
    mnist.convert(new byte[] {0, (byte) 255}, 0, image, 0, 2);
    assertArrayEquals(new float[] {-0.1f / 0.2752f, 0.9f / 0.2752f}, image, 1e-6f);
  }

  @Test
  void symmetricIsFromMinusOneToOne() {
    float[] image = new float[3];
    byte[] pixels = {0, 51, (byte) 255};
    Normalisation.SYMMETRIC.convert(pixels, 0, image, 0, 3);
    assertArrayEquals(new float[] {-1, -0.6f, 1}, image, 1e-6f);
  }

  @Test
  void numbersThatDoNotBelongTogetherAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Normalisation.PerChannel(List.of(0.1), List.of(0.2, 0.3)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Normalisation.PerChannel(List.of(0.1), List.of(0.0)));
  }
}
