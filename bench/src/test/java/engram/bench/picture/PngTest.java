package engram.bench.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngTest {
  @TempDir private Path temp;

  @AfterEach
  void giveTheCacheItsUsualFolder() {
    ImageIO.setCacheDirectory(null);
  }

  @Test
  void nothingIsWrittenToTheTemporaryFolderWhichMayBeFull() throws IOException {
    Path gone = Files.createDirectory(temp.resolve("gone"));
    ImageIO.setCacheDirectory(gone.toFile());
    Files.delete(gone);
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 1, 0x123456);
    ByteArrayOutputStream png = new ByteArrayOutputStream();

    Png.write(image, png);

    BufferedImage back = Png.read(png.toByteArray());
    assertEquals(3, back.getWidth());
    assertEquals(0xFF123456, back.getRGB(1, 1));
  }

  @Test
  void whatIsNoPictureIsRefused() {
    assertEquals(
        "not a picture: 5 bytes",
        assertThrows(IOException.class, () -> Png.read(new byte[5])).getMessage());
  }
}
