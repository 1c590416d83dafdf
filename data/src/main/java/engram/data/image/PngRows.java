package engram.data.image;

import engram.data.DataException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks the rows of a PNG one by one: inflates them, and undoes their filters. */
final class PngRows implements AutoCloseable {

  private final String name;
  private final Iterator<ByteBuffer> packed;
  private final Inflater inflater = new Inflater();
  private byte[] row = {};
  private byte[] above = {};
  private int pixelBytes;

  PngRows(String name, List<ByteBuffer> packed) {
    this.name = name;
    this.packed = packed.iterator();
  }

  /** Rows of {@code bytes} bytes follow, the first of which has none above it. */
  void begin(long bytes, PngHeader header) {
    row = new byte[Math.toIntExact(bytes)];
    above = new byte[row.length];
    pixelBytes = Math.max(1, header.bitsPerPixel() / Byte.SIZE);
  }

  /** The next row, until the one after the next is asked for. */
  byte[] next() {
    byte[] swap = above;
    above = row;
    row = swap;
    byte[] filter = new byte[1];
    inflate(filter);
    inflate(row);
    switch (filter[0]) {
      case 0 -> {}
      case 1 -> addLeft();
      case 2 -> addAbove();
      case 3 -> addAverage();
      case 4 -> addPaeth();
      default ->
          throw ImageFile.unreadable(
              name, "a row has filter %d, expected 0 to 4".formatted(filter[0]));
    }
    return row;
  }

  /** Checks that the packed bytes end as they should, which compares their checksum. */
  void end() {
    byte[] more = new byte[1];
    try {
      while (!inflater.finished()) {
        if (inflater.inflate(more) > 0) {
          return; // more pixels than the picture has: they are nobody's
        }
        if (!inflater.finished()) {
          feed();
        }
      }
    } catch (DataFormatException e) {
      throw damaged(e);
    }
  }

  @Override
  public void close() {
    inflater.end();
  }

  private void inflate(byte[] to) {
    int at = 0;
    try {
      while (at < to.length) {
        int count = inflater.inflate(to, at, to.length - at);
        at += count;
        if (count == 0) {
          feed();
        }
      }
    } catch (DataFormatException e) {
      throw damaged(e);
    }
  }

  private void feed() {
    if (inflater.finished() || inflater.needsDictionary() || !packed.hasNext()) {
      throw ImageFile.unreadable(name, "the pixels end too early");
    }
    inflater.setInput(packed.next());
  }

  private DataException damaged(DataFormatException e) {
    return new DataException(
        name, "the pixels cannot be unpacked: " + e.getMessage(), ImageFile.REMEDY, e);
  }

  private void addLeft() {
    for (int i = pixelBytes; i < row.length; i++) {
      row[i] += row[i - pixelBytes];
    }
  }

  private void addAbove() {
    for (int i = 0; i < row.length; i++) {
      row[i] += above[i];
    }
  }

  private void addAverage() {
    for (int i = 0; i < row.length; i++) {
      int left = i < pixelBytes ? 0 : row[i - pixelBytes] & 255;
      row[i] += (byte) ((left + (above[i] & 255)) / 2);
    }
  }

  /** Adds whichever of left, above and above left is nearest to left + above - above left. */
  private void addPaeth() {
    for (int i = 0; i < row.length; i++) {
      int left = i < pixelBytes ? 0 : row[i - pixelBytes] & 255;
      int corner = i < pixelBytes ? 0 : above[i - pixelBytes] & 255;
      int up = above[i] & 255;
      int toLeft = Math.abs(up - corner);
      int toUp = Math.abs(left - corner);
      int toCorner = Math.abs(left + up - 2 * corner);
      int nearest = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
      row[i] += (byte) nearest;
    }
  }
}
