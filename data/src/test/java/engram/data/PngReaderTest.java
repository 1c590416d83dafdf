package engram.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngReaderTest {

  private static byte[] png(int type) throws IOException {
    BufferedImage image = new BufferedImage(2, 1, type);
    image.setRGB(0, 0, 0xFF_01_02_FF);
    image.setRGB(1, 0, 0xFF_80_7F_00);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  @Test
  void pixelsAreRedGreenBlueWithOrWithoutAlpha() throws IOException {
    byte[] expected = {1, 2, -1, -128, 127, 0};
    for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB}) {
      assertArrayEquals(expected, PngReader.read("a.png", png(type)).pixels());
    }
  }

  @Test
  void mutatedFilesGiveAPictureOrADataException() throws IOException {
    byte[] whole = png(BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int round = 0; round < 2_000; round++) {
      byte[] bytes = Mutations.mutate(whole, random);
      try {
        PngReader.read("a.png", bytes);
      } catch (DataException e) {
        assertTrue(e.getMessage().startsWith("a.png: "), e.getMessage());
      }
    }
  }

  @Test
  void otherFormatsAreRefused() {
    DataException e =
        assertThrows(DataException.class, () -> PngReader.read("a.png", new byte[] {1, 2, 3}));
    assertTrue(e.getMessage().startsWith("a.png: not a readable PNG picture"), e.getMessage());
  }
}
