package engram.bench.track;

import engram.bench.picture.Png;
import java.awt.image.BufferedImage;
import java.io.IOException;

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
    BufferedImage image = Png.read(png);
    return new Picture(png, image.getWidth(), image.getHeight());
  }
}
