package engram.data.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.ImageSet;
import engram.data.synthetic.GeneratedSigns;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageCodecTest {
  private static final ImageSet SIGNS =
      GeneratedSigns.generate(1, new GeneratedSigns.Size(1, 1), 1).test();

  /** A size of images, and what a code makes of them. */
  private record Form(int height, int width, int channels) {
    int bytes() {
      return height * width * channels;
    }

    byte[] code(byte[] pixels, int size) {
      byte[] code = new byte[size];
      new ImageCodec(height, width, channels, size).encode(pixels, 0, code, 0);
      return code;
    }

    byte[] image(byte[] code) {
      byte[] pixels = new byte[bytes()];
      new ImageCodec(height, width, channels, code.length).decode(code, 0, pixels, 0);
      return pixels;
    }

    byte[] noise(long seed) {
      byte[] pixels = new byte[bytes()];
      new Random(seed).nextBytes(pixels);
      return pixels;
    }
  }

  private static int largestError(byte[] pixels, byte[] others) {
    int largest = 0;
    for (int i = 0; i < pixels.length; i++) {
      int error = Math.abs(Byte.toUnsignedInt(pixels[i]) - Byte.toUnsignedInt(others[i]));
      largest = Math.max(largest, error);
    }
    return largest;
  }

  /** Mean squared error of every seventh sign. */
  private static double error(int size) {
    ImageCodec codec = new ImageCodec(32, 32, 3, size);
    byte[] code = new byte[size];
    byte[] back = new byte[SIGNS.imageBytes()];
    double sum = 0;
    int images = 0;
    for (int i = 0; i < SIGNS.size(); i += 7) {
      codec.encode(SIGNS.pixels(), i * back.length, code, 0);
      codec.decode(code, 0, back, 0);
      for (int p = 0; p < back.length; p++) {
        int pixel = Byte.toUnsignedInt(SIGNS.pixels()[i * back.length + p]);
        sum += Math.pow(pixel - Byte.toUnsignedInt(back[p]), 2);
      }
      images++;
    }
    return sum / images / back.length;
  }

  @Test
  void moreBytesGiveABetterImage() {
    double last = error(1);
    for (int size : new int[] {2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048}) {
      double now = error(size);
      double before = last;
      assertTrue(now < before, () -> size + " bytes: " + now + " after " + before);
      last = now;
    }
  }

  /** Peak signal to noise in decibels: what was measured is less than 0.4 above. */
  @ParameterizedTest
  @CsvSource({"384, 32.6", "256, 29.7", "128, 25.8", "64, 22.9"})
  void generatedSignsAreSeenWell(int size, double least) {
    double decibels = 10 * Math.log10(255 * 255 / error(size));
    assertTrue(decibels >= least, () -> "%d bytes: %.2f dB".formatted(size, decibels));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 1, 3",
    "1, 7, 3",
    "9, 1, 1",
    "3, 5, 3",
    "28, 28, 1",
    "17, 32, 3",
    "6, 6, 2",
    "4, 3, 5",
    "64, 48, 3"
  })
  void withRoomEnoughAnImageComesBackHoweverLargeAndWhateverItShows(
      int height, int width, int channels) {
    Form form = new Form(height, width, channels);
    byte[] white = new byte[form.bytes()];
    Arrays.fill(white, (byte) 255);
    byte[] half = white.clone();
    Arrays.fill(half, half.length / 2, half.length, (byte) 0);
    for (byte[] pixels : new byte[][] {form.noise(1), new byte[form.bytes()], white, half}) {
      byte[] back = form.image(form.code(pixels, 2 * form.bytes() + 16));
      assertTrue(largestError(pixels, back) <= 1, () -> "error " + largestError(pixels, back));
    }
  }

  @Test
  void aLargePictureToo() {
    Form form = new Form(224, 224, 3);
    byte[] pixels = new byte[form.bytes()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 3 / 224 / 2 + i % 3 * 50);
    }
    byte[] back = form.image(form.code(pixels, 3000));
    assertTrue(largestError(pixels, back) <= 3, () -> "error " + largestError(pixels, back));
  }

  /** A colour is a coefficient of each channel: few bytes are enough. */
  @Test
  void oneColourNeedsFewBytes() {
    Form form = new Form(32, 32, 3);
    byte[] pixels = new byte[form.bytes()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (new int[] {200, 13, 77})[i % 3];
    }
    assertTrue(largestError(pixels, form.image(form.code(pixels, 24))) <= 1);
    assertEquals(128, Byte.toUnsignedInt(form.image(new byte[1])[0]), "nothing told is grey");
  }

  @Test
  void theFirstBytesOfALongCodeAreTheShortOne() {
    Form form = new Form(32, 32, 3);
    byte[] sign = Arrays.copyOf(SIGNS.pixels(), SIGNS.imageBytes());
    byte[] longest = form.code(sign, 6000);
    for (int size : new int[] {1, 2, 3, 4, 5, 63, 256, 3072, 5999}) {
      assertArrayEquals(Arrays.copyOf(longest, size), form.code(sign, size), size + " bytes");
    }
  }

  @Test
  void anyBytesAreTheCodeOfSomeImage() {
    Random random = new Random(5);
    for (int trial = 0; trial < 300; trial++) {
      Form form = new Form(1 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(3));
      byte[] code = new byte[1 + random.nextInt(60)];
      random.nextBytes(code);
      if (trial % 5 == 0) {
        Arrays.fill(code, (byte) (trial % 2 - 1));
      }
      assertArrayEquals(form.image(code), form.image(code.clone()));
    }
  }

  @Test
  void nothingAroundACodeOrAnImageIsTouched() {
    ImageCodec codec = new ImageCodec(2, 3, 3, 10);
    byte[] pixels = new Form(3, 4, 3).noise(2);
    byte[] code = new byte[14];
    Arrays.fill(code, (byte) 9);
    codec.encode(pixels, 5, code, 2);
    assertArrayEquals(new byte[] {9, 9, 9, 9}, new byte[] {code[0], code[1], code[12], code[13]});
    byte[] back = pixels.clone();
    codec.decode(code, 2, back, 5);
    assertArrayEquals(Arrays.copyOf(pixels, 5), Arrays.copyOf(back, 5));
    assertArrayEquals(
        Arrays.copyOfRange(pixels, 23, pixels.length), Arrays.copyOfRange(back, 23, back.length));
    byte[] again = new byte[10];
    new ImageCodec(2, 3, 3, 10).encode(Arrays.copyOfRange(pixels, 5, 23), 0, again, 0);
    assertArrayEquals(again, Arrays.copyOfRange(code, 2, 12), "what was coded before is forgotten");
  }

  /** Memories that were saved must be read as long as there are files: these bytes stay. */
  @Test
  void aCodeIsTheSameOnEveryMachineAndEveryDay() {
    Form form = new Form(32, 32, 3);
    byte[] code = form.code(Arrays.copyOf(SIGNS.pixels(), SIGNS.imageBytes()), 256);
    assertEquals(1_665_864_538L, checksum(code));
    assertEquals(1_573_669_964L, checksum(form.image(code)));
  }

  private static long checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return checksum.getValue();
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1, 1", "1, 0, 1, 1", "1, 1, 0, 1", "1, 1, 1, 0"})
  void anImageAndACodeHaveASize(int height, int width, int channels, int size) {
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> new ImageCodec(height, width, channels, size));
    assertEquals(
        "images of %d x %d x %d in %d bytes, expected 1 or more of each"
            .formatted(height, width, channels, size),
        error.getMessage());
  }
}
