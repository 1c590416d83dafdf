package engram.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CropTest {
  private static final int OFFSET = 7;

  /** Image whose values, from {@link #OFFSET} on, are all different and none is black. */
  private static byte[] image(int elements) {
    byte[] image = new byte[OFFSET + elements];
    Arrays.fill(image, 0, OFFSET, (byte) 255);
    for (int i = 0; i < elements; i++) {
      image[OFFSET + i] = (byte) (i + 1);
    }
    return image;
  }

  /** Grey and colour, one pixel, odd sides, whole images moved out of sight. */
  @ParameterizedTest
  @CsvSource({"5, 3, 3", "3, 6, 1", "1, 1, 3", "1, 1, 1", "2, 9, 1"})
  void everyPixelIsThatOfTheImageOrBlack(int height, int width, int channels) {
    Crop crop = new Crop(height, width, channels);
    byte[] source = image(height * width * channels);
    byte[] target = new byte[height * width * channels];
    byte[] mirrored = new byte[target.length];
    for (int down = -4; down <= 4; down++) {
      for (int right = -4; right <= 4; right++) {
        Arrays.fill(target, (byte) 99);
        Arrays.fill(mirrored, (byte) 99);
        crop.apply(source, OFFSET, target, down, right, false);
        crop.apply(source, OFFSET, mirrored, down, right, true);
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < width; x++) {
            boolean inside =
                y + down >= 0 && y + down < height && x + right >= 0 && x + right < width;
            for (int c = 0; c < channels; c++) {
              int from = ((y + down) * width + x + right) * channels + c;
              int expected = inside ? source[OFFSET + from] : 0;
              assertEquals(expected, target[(y * width + x) * channels + c]);
              assertEquals(expected, mirrored[(y * width + width - 1 - x) * channels + c]);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"5, 3, 3", "4, 4, 1"})
  void theMiddleIsTheImageAndMirroringItTwiceIsTheImage(int height, int width, int channels) {
    Crop crop = new Crop(height, width, channels);
    byte[] source = image(height * width * channels);
    byte[] image = Arrays.copyOfRange(source, OFFSET, source.length);
    byte[] same = new byte[image.length];
    crop.apply(source, OFFSET, same, 0, 0, false);
    assertArrayEquals(image, same);
    byte[] once = new byte[image.length];
    crop.apply(source, OFFSET, once, 0, 0, true);
    byte[] twice = new byte[image.length];
    crop.apply(once, 0, twice, 0, 0, true);
    assertArrayEquals(image, twice);
  }
}
