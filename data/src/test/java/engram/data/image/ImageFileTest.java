package engram.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.DataException;
import engram.data.Mutations;
import engram.data.Picture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFileTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''              | the file is empty, expected a picture
          Hello there     | no picture: it starts with "Hello th", expected PNG, JPEG or PPM
          GIF89a          | a GIF picture, expected PNG, JPEG or PPM
          BM6             | a BMP picture, expected PNG, JPEG or PPM
          RIFF....WEBPVP8 | a WebP picture, expected PNG, JPEG or PPM
          """)
  void whatIsNoPictureIsNamed(String text, String problem) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    DataException e = assertThrows(DataException.class, () -> ImageFile.read("x/a b.png", bytes));
    assertEquals("x/a b.png: " + problem + ".\n" + ImageFile.REMEDY, e.getMessage());
  }

  @Test
  void formatIsToldByTheFirstBytesNotByTheName() {
    byte[] png = Pngs.png(0, 8, false, 0, new int[][][] {{{7}, {8}}});
    Picture picture = ImageFile.read("a.jpg", png);
    assertArrayEquals(new byte[] {7, 8}, picture.pixels());
  }

  @Test
  void greyInColourHasThreeEqualValues() {
    Picture grey = ImageFile.read("a.pgm", "P5 2 1 255 AB".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(1, grey.channels());
    assertArrayEquals("AAABBB".getBytes(StandardCharsets.ISO_8859_1), grey.inColour().pixels());
  }

  @Test
  void damageGivesAPictureOrADataExceptionInNoTime() {
    int[][][] noise = new int[9][7][3];
    Random random = new Random(2);
    for (int[][] row : noise) {
      for (int[] pixel : row) {
        Arrays.setAll(pixel, i -> random.nextInt(256));
      }
    }
    List<byte[]> files =
        List.of(
            Pngs.png(2, 8, true, -1, noise),
            Pngs.png(3, 4, false, -1, new int[][][] {{{1}, {15}, {7}}}),
            Jpegs.jpeg(24, 16, 3, false),
            Jpegs.jpeg(24, 16, 3, true),
            Jpegs.jpeg(9, 9, 1, false),
            "P5 2 1 255 AB".getBytes(StandardCharsets.ISO_8859_1));
    for (byte[] file : files) {
      for (int round = 0; round < 1_500; round++) {
        byte[] damaged = Mutations.mutate(file, random);
        assertTimeout(
            Duration.ofSeconds(1),
            () -> {
              try {
                ImageFile.read("a", damaged);
              } catch (DataException e) {
                assertTrue(e.getMessage().startsWith("a"), e.getMessage());
              }
            });
      }
    }
  }
}
