package engram.bench.picture;

import engram.data.ImageSet;
import engram.data.inspect.ContactSheet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures of equal size side by side, row under row. */
public final class ImageSheet {
  /** Small photographs need little more to look as they are; a PNG takes six times the bytes. */
  private static final float JPEG_QUALITY = 0.8f;

  private ImageSheet() {}

  /**
   * Draws images, in grey where they have one channel.
   *
   * @param indices which images, from left to right and downwards
   * @param columns how many in a row
   */
  public static BufferedImage draw(ImageSet images, int[] indices, int columns) {
    int width = images.width();
    int height = images.height();
    int rows = Math.max(1, Math.ceilDiv(indices.length, columns));
    BufferedImage sheet =
        new BufferedImage(columns * width, rows * height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < indices.length; i++) {
      ContactSheet.drawImage(sheet, images, indices[i], i % columns * width, i / columns * height);
    }
    return sheet;
  }

  public static void writeJpeg(BufferedImage sheet, OutputStream out) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (MemoryCacheImageOutputStream sink = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(JPEG_QUALITY);
      writer.setOutput(sink);
      writer.write(null, new IIOImage(sheet, null, null), settings);
    } finally {
      writer.dispose();
    }
  }
}
