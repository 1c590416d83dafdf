package engram.bench.report;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Pictures of one size side by side in one PNG, each shown as a window on it, so that the file
 * holds every picture once.
 *
 * @param id of the image element
 * @param uri data URI of the PNG
 * @param width pixels of the PNG
 * @param size height of the PNG and of a picture
 * @param pictures how many there are
 */
public record Strip(String id, String uri, int width, int size, int pictures) {
  /** Where a PNG says its width, then its height (PNG specification, section 11.2.2). */
  private static final int PNG_WIDTH = 16;

  static Strip of(String id, byte[] png, int pictures) {
    if (png.length < PNG_WIDTH + 8) {
      throw new IllegalArgumentException("%s: %s bytes are no PNG".formatted(id, png.length));
    }
    ByteBuffer header = ByteBuffer.wrap(png);
    return new Strip(
        id,
        dataUri("image/png", png),
        header.getInt(PNG_WIDTH),
        header.getInt(PNG_WIDTH + 4),
        pictures);
  }

  static String dataUri(String type, byte[] bytes) {
    return "data:%s;base64,%s".formatted(type, Base64.getEncoder().encodeToString(bytes));
  }

  /** What of the PNG shows picture {@code index}. */
  public String viewBox(int index) {
    int each = width / pictures;
    return "%s 0 %s %s".formatted(index * each, each, size);
  }

  /** Reference to the image element. */
  public String href() {
    return "#" + id;
  }
}
