package engram.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.DataException;
import engram.data.Picture;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngReaderTest {

  private static byte[] byImageIo(int type) throws IOException {
    BufferedImage image = new BufferedImage(2, 1, type);
    image.setRGB(0, 0, 0xFF_01_02_FF);
    image.setRGB(1, 0, 0xFF_80_7F_00);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static int[][][] noise(int height, int width, int samples, int depth) {
    Random random = new Random(1);
    int[][][] noise = new int[height][width][samples];
    for (int[][] row : noise) {
      for (int[] pixel : row) {
        Arrays.setAll(pixel, i -> random.nextInt(1 << depth));
      }
    }
    return noise;
  }

  /** What a sample becomes in 0..255. */
  private static byte rounded(int sample, int depth) {
    return (byte) Math.round(sample * 255.0 / ((1 << depth) - 1));
  }

  @Test
  void pixelsAreRedGreenBlueWithOrWithoutAlpha() throws IOException {
    byte[] expected = {1, 2, -1, -128, 127, 0};
    for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB}) {
      assertArrayEquals(expected, ImageFile.read("a.png", byImageIo(type)).pixels());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,1,1", "0,2,1", "0,4,1", "0,8,1", "0,16,1", "2,8,3", "2,16,3", "3,1,1", "3,2,1", "3,4,1",
    "3,8,1", "4,8,2", "4,16,2", "6,8,4", "6,16,4"
  })
  void everyKindGivesItsSamplesInterlacedOrNotWithEveryFilter(int type, int depth, int samples) {
    for (int[] size : new int[][] {{1, 1}, {3, 2}, {11, 13}, {8, 8}, {5, 1}, {1, 5}}) {
      int[][][] noise = noise(size[0], size[1], samples, type == 3 ? Math.min(depth, 4) : depth);
      for (boolean interlaced : new boolean[] {false, true}) {
        for (int filter = -1; filter < 5; filter++) {
          byte[] file = Pngs.png(type, depth, interlaced, filter, noise);
          Picture picture = ImageFile.read("a.png", file);
          assertEquals(size[0], picture.height());
          assertEquals(size[1], picture.width());
          assertEquals(type == 0 || type == 4 ? 1 : 3, picture.channels());
          assertArrayEquals(expected(noise, type, depth, picture.channels()), picture.pixels());
        }
      }
    }
  }

  /** Raw samples of the JDK's decoder, without its colour model. */
  @ParameterizedTest
  @CsvSource({
    "0,1,1", "0,2,1", "0,4,1", "0,8,1", "0,16,1", "2,8,3", "2,16,3", "3,1,1", "3,2,1", "3,4,1",
    "4,8,2", "4,16,2", "6,8,4", "6,16,4"
  })
  void anotherDecoderSeesTheSame(int type, int depth, int samples) throws IOException {
    int[][][] noise = noise(11, 13, samples, depth);
    for (boolean interlaced : new boolean[] {false, true}) {
      byte[] file = Pngs.plain(Pngs.png(type, depth, interlaced, -1, noise));
      Raster raster = ImageIO.read(new ByteArrayInputStream(file)).getRaster();
      int[][][] seen = new int[11][13][];
      for (int y = 0; y < 11; y++) {
        for (int x = 0; x < 13; x++) {
          seen[y][x] = raster.getPixel(x, y, (int[]) null);
        }
      }
      Picture picture = ImageFile.read("a.png", file);
      assertArrayEquals(expected(seen, type, depth, picture.channels()), picture.pixels());
    }
  }

  private static byte[] expected(int[][][] samples, int type, int depth, int channels) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int[][] row : samples) {
      for (int[] pixel : row) {
        if (type == 3) {
          out.writeBytes(
              new byte[] {(byte) pixel[0], (byte) (10 * pixel[0]), (byte) (255 - pixel[0])});
        } else {
          for (int c = 0; c < channels; c++) {
            out.write(rounded(pixel[c], depth));
          }
        }
      }
    }
    return out.toByteArray();
  }

  /** The JDK's colour model would make it 168. */
  @Test
  void greyStaysAsDarkAsItIs() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, 100);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    Picture picture = ImageFile.read("a.png", out.toByteArray());
    assertEquals(1, picture.channels());
    assertArrayEquals(new byte[] {100}, picture.pixels());
  }

  @Test
  void oneFlippedBitOfThePixelsIsFound() {
    byte[] file = Pngs.png(2, 8, false, 0, noise(4, 4, 3, 8));
    for (int at = 33; at < file.length - 12; at++) {
      byte[] damaged = file.clone();
      damaged[at] ^= 1;
      boolean isComment =
          new String(file, StandardCharsets.ISO_8859_1)
              .substring(Math.max(0, at - 40), Math.min(file.length, at + 40))
              .contains("tEXt");
      if (!isComment) {
        assertThrows(DataException.class, () -> ImageFile.read("a.png", damaged), "byte " + at);
      }
    }
  }

  @Test
  void anyTruncationIsFound() {
    byte[] file = Pngs.png(0, 8, true, -1, noise(9, 9, 1, 8));
    for (int length = 0; length < file.length; length++) {
      byte[] part = Arrays.copyOf(file, length);
      DataException e =
          assertThrows(DataException.class, () -> ImageFile.read("a.png", part), "" + length);
      assertTrue(e.getMessage().startsWith("a.png"), e.getMessage());
    }
  }

  @Test
  void sizeIsRefusedBeforeAnythingIsAllocated() {
    assertRefused(8192, 8192, "the picture is 8192 x 8192, expected at most 33,554,432 pixels");
    assertRefused(12_000, 12_000, "the picture is 12000 x 12000, expected at most 33,554,432");
    assertRefused(-1, 1, "the picture is -1 x 1, it has no pixels");
    assertRefused(0, 1, "the picture is 0 x 1, it has no pixels");
    assertRefused(5000, 5000, "the picture is 5000 x 5000, but the file ends long before");
  }

  private static void assertRefused(int width, int height, String problem) {
    ByteArrayOutputStream out = Pngs.start(2, 8, false, width, height);
    Pngs.chunk(out, "IDAT", new byte[100]);
    Pngs.chunk(out, "IEND", new byte[0]);
    DataException e =
        assertThrows(DataException.class, () -> ImageFile.open("a.png", out.toByteArray()));
    assertTrue(e.getMessage().startsWith("a.png: " + problem), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"1,8", "2,4", "3,16", "7,8", "0,3"})
  void unknownKindsAreRefused(int type, int depth) {
    ByteArrayOutputStream out = Pngs.start(type, depth, false, 1, 1);
    Pngs.chunk(out, "IDAT", new byte[100]);
    Pngs.chunk(out, "IEND", new byte[0]);
    DataException e =
        assertThrows(DataException.class, () -> ImageFile.open("a.png", out.toByteArray()));
    assertTrue(
        e.getMessage()
            .startsWith(
                "a.png, byte 8: colour type %d with %d bits is not known".formatted(type, depth)),
        e.getMessage());
  }

  @Test
  void colourOutsideThePaletteIsRefused() {
    DataException e =
        assertThrows(
            DataException.class,
            () -> ImageFile.read("a.png", Pngs.png(3, 8, false, 0, new int[][][] {{{16}}})));
    assertTrue(
        e.getMessage().startsWith("a.png: a pixel has colour 16 of a palette of 16"),
        e.getMessage());
  }
}
