package engram.data.image;

import engram.data.DataException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The segments of a JPEG before its first pixel (ITU-T T.81, annex B), sorted into those that the
 * pixels need and the rest: profiles, notes, thumbnails.
 */
final class JpegHeader {

  private static final int BASELINE = 0xC0;
  private static final int PROGRESSIVE = 0xC2;
  private static final int HUFFMAN_TABLE = 0xC4;
  private static final int RESERVED = 0xC8;
  private static final int ARITHMETIC_TABLE = 0xCC;
  private static final int START = 0xD8;
  private static final int END = 0xD9;
  private static final int SCAN = 0xDA;
  private static final int JFIF = 0xE0;
  private static final int ADOBE = 0xEE;
  private static final int COMMENT = 0xFE;

  /** At best a bit tells of a block of 8 x 8 pixels. */
  private static final long PIXELS_PER_BYTE = 8 * 64;

  /** Encoders write ten or so. */
  private static final int MAX_SCANS = 100;

  /** JFIF 1.1, which says that three components are luma and chroma. */
  private static final byte[] LUMA_AND_CHROMA = {
    (byte) 0xFF, (byte) JFIF, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };

  /** Adobe's segment with transform 0, which says that they are red, green and blue. */
  private static final byte[] RED_GREEN_BLUE = {
    (byte) 0xFF, (byte) ADOBE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
  };

  private final String name;
  private final byte[] bytes;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean jfif;
  private Optional<Byte> adobeTransform = Optional.empty();
  private byte[] componentIds = {};
  private int width;
  private int height;
  private int scan;

  /**
   * Reads up to the first scan.
   *
   * @throws DataException if the segments are damaged, or the picture is of a kind that cannot be
   *     read
   */
  JpegHeader(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
    int at = 2;
    while (true) {
      int start = at;
      while (at < bytes.length && bytes[at] == (byte) 0xFF) {
        at++; // any number of fill bytes
      }
      if (at == start || at >= bytes.length) {
        throw damaged(start, at < bytes.length ? "expected a marker" : "the file ends here");
      }
      int marker = bytes[at++] & 255;
      if (marker == START || marker == END || marker < BASELINE) {
        throw damaged(start, "marker %02x before any pixels".formatted(marker));
      }
      if (marker == SCAN) {
        scan = start;
        break;
      }
      ByteBuffer segment = segment(at);
      take(marker, start, segment);
      at += 2 + segment.limit();
    }
    if (componentIds.length == 0) {
      throw damaged(scan, "the pixels begin, but nothing told their size");
    }
    requireFewScans();
    ImageFile.requireSize(name, width, height, PIXELS_PER_BYTE * (bytes.length - scan));
  }

  /** Each scan of a progressive picture goes over all of its pixels, however small it is. */
  private void requireFewScans() {
    int scans = 0;
    for (int at = scan; at + 1 < bytes.length; at++) {
      scans += bytes[at] == (byte) 0xFF && bytes[at + 1] == (byte) SCAN ? 1 : 0;
    }
    if (scans > MAX_SCANS) {
      throw ImageFile.unreadable(
          name, "%,d scans, expected at most %d".formatted(scans, MAX_SCANS));
    }
  }

  private ByteBuffer segment(int at) {
    int length = at + 2 > bytes.length ? 0 : (bytes[at] & 255) << 8 | bytes[at + 1] & 255;
    if (length < 2 || at + length > bytes.length) {
      throw damaged(at, "a segment of %d bytes does not fit the file".formatted(length));
    }
    return ByteBuffer.wrap(bytes, at + 2, length - 2).slice();
  }

  private void take(int marker, int start, ByteBuffer segment) {
    if (marker == JFIF) {
      jfif |= isNamed(segment, "JFIF");
    } else if (marker == ADOBE) {
      if (isNamed(segment, "Adobe") && segment.remaining() >= 12) {
        adobeTransform = Optional.of(segment.get(11));
      }
    } else if (marker < JFIF || marker > COMMENT || marker > 0xEF && marker < COMMENT) {
      boolean table = marker == HUFFMAN_TABLE || marker == RESERVED || marker == ARITHMETIC_TABLE;
      if (marker <= 0xCF && !table) {
        frame(marker, start, segment);
      }
      kept.write(bytes, start, segment.limit() + 4 + fill(start));
    }
  }

  /** Fill bytes before the marker at {@code start}. */
  private int fill(int start) {
    int at = start + 1;
    while (bytes[at] == (byte) 0xFF) {
      at++;
    }
    return at - start - 1;
  }

  private void frame(int marker, int start, ByteBuffer segment) {
    if (marker > PROGRESSIVE) {
      throw ImageFile.unreadable(
          name, "a lossless or arithmetic JPEG, expected a baseline or progressive one");
    }
    if (componentIds.length > 0 || segment.remaining() < 6) {
      throw damaged(start, componentIds.length > 0 ? "a second frame" : "a frame without end");
    }
    int bits = segment.get();
    height = segment.getShort() & 0xFFFF;
    width = segment.getShort() & 0xFFFF;
    int components = segment.get() & 255;
    if (segment.remaining() != 3 * components || components == 0) {
      throw damaged(start, "%d components do not fit the frame".formatted(components));
    }
    if (bits != 8) {
      throw ImageFile.unreadable(name, "a JPEG of %d bits, expected 8".formatted(bits));
    }
    if (components == 4) {
      throw new DataException(
          name,
          "a CMYK picture (four inks), expected grey or red, green, blue",
          "Convert it to RGB, or leave such pictures out with  --skip-bad");
    }
    if (components == 2 || components > 4) {
      throw ImageFile.unreadable(
          name, "a JPEG of %d components, expected 1 or 3".formatted(components));
    }
    componentIds = new byte[components];
    for (int i = 0; i < components; i++) {
      componentIds[i] = segment.get(segment.position() + 3 * i);
    }
  }

  private static boolean isNamed(ByteBuffer segment, String word) {
    byte[] start = new byte[Math.min(word.length(), segment.remaining())];
    segment.get(0, start);
    return new String(start, StandardCharsets.ISO_8859_1).equals(word);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** 1 or 3. */
  int channels() {
    return componentIds.length;
  }

  /** As libjpeg decides: by JFIF, else by what Adobe wrote, else by the components' names. */
  private boolean isRedGreenBlue() {
    if (jfif) {
      return false;
    }
    return adobeTransform
        .map(transform -> transform == 0)
        .orElse(new String(componentIds, StandardCharsets.ISO_8859_1).equals("RGB"));
  }

  /** The file with what the pixels need and nothing else. */
  byte[] bare() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + LUMA_AND_CHROMA.length);
    out.write(0xFF);
    out.write(START);
    out.writeBytes(isRedGreenBlue() ? RED_GREEN_BLUE : LUMA_AND_CHROMA);
    out.writeBytes(kept.toByteArray());
    out.write(bytes, scan, bytes.length - scan);
    return out.toByteArray();
  }

  private DataException damaged(int offset, String problem) {
    return ImageFile.unreadable(name + ", byte " + offset, "damaged JPEG: " + problem);
  }
}
