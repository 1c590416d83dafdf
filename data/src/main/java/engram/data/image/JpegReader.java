package engram.data.image;

import engram.data.DataException;
import engram.data.Picture;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads JPEG pictures, baseline and progressive, grey or colour, with the JDK's decoder (libjpeg).
 *
 * <p>The decoder gets only what the pixels need, so that it neither applies colour profiles nor
 * trips over notes and thumbnails; where it warns that data are damaged, which it would fill with
 * grey, the picture is refused.
 */
final class JpegReader implements ImageFile {

  private final String name;
  private final JpegHeader header;

  JpegReader(String name, byte[] bytes) {
    this.name = name;
    this.header = new JpegHeader(name, bytes);
  }

  @Override
  public int width() {
    return header.width();
  }

  @Override
  public int height() {
    return header.height();
  }

  @Override
  public int channels() {
    return header.channels();
  }

  @Override
  public Picture picture() {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    // The memory stream: ImageIO would otherwise write a temporary file for each picture.
    try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(header.bare()))) {
      reader.setInput(stream, true, true);
      StringBuilder warnings = new StringBuilder();
      reader.addIIOReadWarningListener(listener(warnings));
      if (reader.getWidth(0) != width() || reader.getHeight(0) != height()) {
        throw ImageFile.unreadable(name, "two headers that differ in size");
      }
      BufferedImage image = reader.read(0);
      if (!warnings.isEmpty()) {
        throw ImageFile.unreadable(name, "damaged JPEG data: " + warnings);
      }
      return picture(image.getRaster());
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // On damaged input the decoder also throws index, argument and state exceptions.
      throw new DataException(
          name, "not a readable JPEG picture: " + e.getMessage(), ImageFile.REMEDY, e);
    } finally {
      reader.dispose();
    }
  }

  private static IIOReadWarningListener listener(StringBuilder warnings) {
    return (source, warning) -> {
      if (warnings.isEmpty() && !warning.contains("extraneous bytes before marker")) {
        warnings.append(warning);
      }
    };
  }

  /** Samples as they are: a conversion by colour model would make grey lighter. */
  private Picture picture(Raster raster) {
    int row = width() * channels();
    if (raster.getNumBands() != channels()) {
      throw ImageFile.unreadable(
          name, "decodes to %d channels, expected %d".formatted(raster.getNumBands(), channels()));
    }
    byte[] pixels = new byte[row * height()];
    int[] samples = new int[row];
    for (int y = 0; y < height(); y++) {
      raster.getPixels(0, y, width(), 1, samples);
      for (int i = 0; i < row; i++) {
        pixels[y * row + i] = (byte) samples[i];
      }
    }
    return new Picture(width(), height(), channels(), pixels);
  }
}
