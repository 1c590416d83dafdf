package engram.bench.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * PNG files, written and read in memory. ImageIO left to itself makes a file in the temporary
 * folder for each, which fails where that is full, and is then said to be the picture's own fault.
 */
public final class Png {
  private Png() {}

  public static void write(BufferedImage image, OutputStream out) throws IOException {
    try (MemoryCacheImageOutputStream sink = new MemoryCacheImageOutputStream(out)) {
      if (!ImageIO.write(image, "png", sink)) {
        throw new IOException("this Java writes no PNG files");
      }
    }
  }

  /**
   * Reads a picture.
   *
   * @throws IOException if it is none
   */
  public static BufferedImage read(byte[] png) throws IOException {
    // Read and closed by ImageIO; where it knows no such picture, there is nothing to close.
    BufferedImage image =
        ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(png)));
    if (image == null) {
      throw new IOException("not a picture: %d bytes".formatted(png.length));
    }
    return image;
  }
}
