package engram.cl.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import engram.data.ImageSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /**
   * The definition in plain loops, for images that are smaller and larger than the surroundings.
   */
  @ParameterizedTest
  @CsvSource({"1,1,1", "1,1,3", "3,40,1", "20,19,3", "40,5,2"})
  void localTakesEachValueByItsSurroundings(int height, int width, int channels) {
    int count = height * width * channels;
    byte[] source = new byte[count + 1];
    new Random(3).nextBytes(source);
    float[] made = new float[count + 2];
    PixelScale.LOCAL
        .of(new ImageSet(height, width, channels, new byte[count], new int[1], new int[1]))
        .convert(source, 1, made, 2, count);
    double[] whole = meanAndVariance(source, height, width, channels, 0, 0, 1000);
    for (int i = 0; i < count; i++) {
      int x = i / channels % width;
      int y = i / channels / width;
      double[] around = meanAndVariance(source, height, width, channels, y, x, 8);
      double deviation = Math.sqrt(around[1] + 0.09 * whole[1] + 9);
      assertEquals(((source[1 + i] & 0xFF) - around[0]) / deviation, made[2 + i], 1e-4);
    }
  }

  private static double[] meanAndVariance(
      byte[] source, int height, int width, int channels, int row, int column, int reach) {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int y = Math.max(0, row - reach); y <= Math.min(height - 1, row + reach); y++) {
      for (int x = Math.max(0, column - reach); x <= Math.min(width - 1, column + reach); x++) {
        for (int c = 0; c < channels; c++, count++) {
          int value = source[1 + (y * width + x) * channels + c] & 0xFF;
          sum += value;
          squares += value * value;
        }
      }
    }
    double mean = sum / count;
    return new double[] {mean, squares / count - mean * mean};
  }

  @Test
  void anImageOfOneColourIsLeftItsColourAlone() {
    byte[] image = new byte[20 * 20 * 3];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) (i % 3 == 0 ? 200 : 80);
    }
    float[] made = new float[image.length];
    PixelScale.LOCAL
        .of(new ImageSet(20, 20, 3, image, new int[1], new int[1]))
        .convert(image, 0, made, 0, image.length);
    assertEquals(made[0], made[image.length - 3], 1e-5);
    assertEquals(-2, made[0] / made[1], 1e-4);
  }

  /** In a tenth of the light nearly the same; that of the whole image would not be. */
  @Test
  void aSignInTheShadowLooksLikeOneInTheSun() {
    byte[] sun = new byte[40 * 40];
    byte[] shadow = new byte[sun.length];
    Random random = new Random(5);
    for (int i = 0; i < sun.length; i++) {
      int value = 40 + random.nextInt(100);
      boolean lower = i / 40 >= 20;
      sun[i] = (byte) value;
      shadow[i] = (byte) (lower ? value / 2 : value);
    }
    float[] inSun = new float[sun.length];
    float[] inShadow = new float[sun.length];
    Normalisation local = PixelScale.LOCAL.of(new ImageSet(40, 40, 1, sun, new int[1], new int[1]));
    local.convert(sun, 0, inSun, 0, sun.length);
    local.convert(shadow, 0, inShadow, 0, sun.length);
    for (int i = 35 * 40; i < sun.length; i++) {
      assertEquals(inSun[i], inShadow[i], 0.25);
    }
  }

  /** Work space is not shared: what one thread converts does not reach another's. */
  @Test
  void eachBatchHasWorkSpaceOfItsOwn() {
    Normalisation local =
        PixelScale.LOCAL.of(new ImageSet(2, 2, 1, new byte[4], new int[1], new int[1]));
    assertNotSame(local, local.ofItsOwn());
    assertSame(Normalisation.STANDARD, Normalisation.STANDARD.ofItsOwn());
  }
}
