package engram.bench.track;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/**
 * A PNG picture.
 *
 * @param png the file; not copied, so leave it alone
 * @param width pixels
 * @param height pixels
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Picture(byte[] png, int width, int height) {

  /** Reads the size out of a PNG file. */
  static Picture of(byte[] png) throws IOException {
    var image = ImageIO.read(new ByteArrayInputStream(png));
    if (image == null) {
      throw new IOException("not a picture: %d bytes".formatted(png.length));
    }
    return new Picture(png, image.getWidth(), image.getHeight());
  }
}
