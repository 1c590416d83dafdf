package engram.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads PNG pictures, with the JDK's own decoder. Transparency is dropped. */
public final class PngReader {

  /** Bound on width and height, checked before a decoder allocates what a damaged header asks. */
  private static final int MAX_SIDE = 8192;

  private PngReader() {}

  /**
   * The picture in {@code bytes}.
   *
   * @param name file name, for messages
   * @throws DataException naming the file if the bytes are not a PNG picture
   */
  public static RgbImage read(String name, byte[] bytes) {
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    // The memory stream: ImageIO would otherwise write a temporary file for each picture.
    try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(stream, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if (width > MAX_SIDE || height > MAX_SIDE) {
        throw DataException.damaged(
            name,
            "the picture is %d x %d, expected at most %d x %d"
                .formatted(width, height, MAX_SIDE, MAX_SIDE));
      }
      return rgb(reader.read(0));
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // On damaged input the decoder also throws index, argument and state exceptions.
      throw new DataException(
          name, "not a readable PNG picture: " + e.getMessage(), DataException.FETCH_AGAIN, e);
    } finally {
      reader.dispose();
    }
  }

  private static RgbImage rgb(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] argb = image.getRGB(0, 0, width, height, null, 0, width);
    byte[] pixels = new byte[argb.length * RgbImage.CHANNELS];
    for (int i = 0; i < argb.length; i++) {
      pixels[3 * i] = (byte) (argb[i] >> 16);
      pixels[3 * i + 1] = (byte) (argb[i] >> 8);
      pixels[3 * i + 2] = (byte) argb[i];
    }
    return new RgbImage(width, height, pixels);
  }
}
