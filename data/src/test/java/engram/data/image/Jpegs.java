package engram.data.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG files of smooth pictures, by the JDK's encoder. */
final class Jpegs {

  private Jpegs() {}

  /** A ramp of brightness, [row, column, channel]. */
  static byte[] pixels(int width, int height, int channels) {
    byte[] pixels = new byte[width * height * channels];
    for (int i = 0; i < width * height; i++) {
      int x = i % width;
      int y = i / width;
      for (int c = 0; c < channels; c++) {
        pixels[i * channels + c] = (byte) (60 + 4 * x + 2 * y * c);
      }
    }
    return pixels;
  }

  static byte[] jpeg(int width, int height, int channels, boolean progressive) {
    BufferedImage image =
        new BufferedImage(
            width,
            height,
            channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    byte[] pixels = pixels(width, height, channels);
    int[] samples = new int[pixels.length];
    Arrays.setAll(samples, i -> pixels[i] & 255);
    image.getRaster().setPixels(0, 0, width, height, samples);
    return encode(image, progressive);
  }

  static byte[] flatGrey(int value) {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    int[] samples = new int[64];
    Arrays.fill(samples, value);
    image.getRaster().setPixels(0, 0, 8, 8, samples);
    return encode(image, false);
  }

  private static byte[] encode(BufferedImage image, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(0.95f);
      how.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), how);
    } catch (IOException e) {
      throw new AssertionError(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
