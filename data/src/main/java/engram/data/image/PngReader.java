package engram.data.image;

import engram.data.DataException;
import engram.data.Picture;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Reads PNG pictures of every kind: 1 to 16 bits, grey, colour or palette, interlaced or not (W3C,
 * "Portable Network Graphics", second edition, 2003). Palettes are colour, even if all of it is
 * grey; transparency is dropped; 16 bits are rounded to 8.
 *
 * <p>Checksums are compared, so that one flipped bit is found; chunks that the pixels do not need
 * are passed over.
 */
final class PngReader implements ImageFile {

  private static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";

  /** Length, type and checksum of a chunk. */
  private static final int CHUNK_FRAME = 12;

  private static final int HEADER_BYTES = 13;

  /** Chunks of pixels: a hundred times those of a large photograph. */
  private static final int MAX_PARTS = 1 << 17;

  /** Deflate packs at most so many bytes into one. */
  private static final long MAX_RATIO = 1032;

  private final String name;
  private final byte[] bytes;
  private final List<ByteBuffer> packed = new ArrayList<>();
  private final PngHeader header;
  private byte[] palette = {};

  /** Finds and checks the chunks that the pixels need. */
  PngReader(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
    for (int i = 0; i < SIGNATURE.length(); i++) {
      if (i >= bytes.length || (bytes[i] & 255) != SIGNATURE.charAt(i)) {
        throw damaged(i, "this is not the signature of a PNG picture");
      }
    }
    header = readChunks();
    if (header.isPalette() && (palette.length == 0 || palette.length % 3 != 0)) {
      throw ImageFile.unreadable(
          name, "a palette of %d bytes, expected three for each colour".formatted(palette.length));
    }
    long bytesPacked = packed.stream().mapToLong(ByteBuffer::remaining).sum();
    ImageFile.requireSize(
        name,
        header.width(),
        header.height(),
        bytesPacked * MAX_RATIO * Byte.SIZE / header.bitsPerPixel());
  }

  private PngHeader readChunks() {
    Optional<PngHeader> found = Optional.empty();
    for (int at = SIGNATURE.length(); ; ) {
      int length = length(at);
      String type = new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
      boolean needed = Character.isUpperCase(type.charAt(0));
      if (found.isEmpty() != type.equals("IHDR")) {
        throw damaged(at, found.isEmpty() ? "there is no IHDR at the start" : "a second IHDR");
      }
      if (needed) {
        requireChecksum(at, length);
      }
      ByteBuffer data = ByteBuffer.wrap(bytes, at + 8, length).slice();
      switch (type) {
        case "IHDR" -> found = Optional.of(header(at, data));
        case "PLTE" -> {
          palette = new byte[length];
          data.get(palette);
        }
        case "IDAT" -> {
          if (packed.size() == MAX_PARTS) {
            throw damaged(at, "more than %,d chunks of pixels".formatted(MAX_PARTS));
          }
          packed.add(data);
        }
        case "IEND" -> {
          return found.orElseThrow();
        }
        default -> {
          if (needed) {
            throw damaged(at, "a chunk of an unknown kind, expected IHDR, PLTE, IDAT or IEND");
          }
        }
      }
      at += length + CHUNK_FRAME;
    }
  }

  /** Length of the data of the chunk at {@code at}, all of which is there. */
  private int length(int at) {
    int rest = bytes.length - at - CHUNK_FRAME;
    if (rest < 0) {
      throw damaged(bytes.length, "the file ends here, expected more chunks up to IEND");
    }
    int length = ByteBuffer.wrap(bytes).getInt(at);
    if (length < 0 || length > rest) {
      throw damaged(
          at,
          "a chunk of %d bytes, but the file ends after %d"
              .formatted(Integer.toUnsignedLong(length), rest));
    }
    return length;
  }

  private void requireChecksum(int at, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, at + 4, length + 4);
    int expected = ByteBuffer.wrap(bytes).getInt(at + 8 + length);
    if ((int) crc.getValue() != expected) {
      throw damaged(
          at,
          "the chunk's checksum is %08x, expected %08x".formatted((int) crc.getValue(), expected));
    }
  }

  private PngHeader header(int at, ByteBuffer data) {
    if (data.remaining() != HEADER_BYTES) {
      throw damaged(
          at, "a header of %d bytes, expected %d".formatted(data.remaining(), HEADER_BYTES));
    }
    int width = data.getInt();
    int height = data.getInt();
    int depth = data.get();
    int type = data.get();
    int compression = data.get();
    int filter = data.get();
    int interlacing = data.get();
    PngHeader known = new PngHeader(width, height, depth, type, interlacing == 1);
    if (!known.isKnown() || compression != 0 || filter != 0 || interlacing < 0 || interlacing > 1) {
      throw damaged(at, "colour type %d with %d bits is not known".formatted(type, depth));
    }
    return known;
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
    byte[] pixels = new byte[header.width() * header.height() * header.channels()];
    try (PngRows rows = new PngRows(name, packed)) {
      for (PngHeader.Pass pass : header.passes()) {
        rows.begin(Math.ceilDiv((long) pass.width() * header.bitsPerPixel(), Byte.SIZE), header);
        for (int y = 0; y < pass.height(); y++) {
          byte[] row = rows.next();
          int to = (pass.top() + y * pass.stepY()) * header.width() + pass.left();
          spread(row, pass.width(), pixels, to, pass.stepX());
        }
      }
      rows.end();
    }
    return new Picture(header.width(), header.height(), header.channels(), pixels);
  }

  /** Writes the pixels of a row to the pixels {@code to}, {@code to + step}, ... of the picture. */
  private void spread(byte[] row, int count, byte[] pixels, int to, int step) {
    int channels = header.channels();
    int samples = header.samples();
    if (header.depth() == 8 && samples == channels && step == 1 && !header.isPalette()) {
      System.arraycopy(row, 0, pixels, to * channels, count * channels);
      return;
    }
    for (int x = 0; x < count; x++) {
      int at = (to + x * step) * channels;
      if (header.isPalette()) {
        int colour = 3 * sample(row, x);
        if (colour >= palette.length) {
          throw ImageFile.unreadable(
              name,
              "a pixel has colour %d of a palette of %d".formatted(colour / 3, palette.length / 3));
        }
        System.arraycopy(palette, colour, pixels, at, 3);
      } else {
        for (int c = 0; c < channels; c++) {
          pixels[at + c] = scaled(sample(row, x * samples + c));
        }
      }
    }
  }

  private int sample(byte[] row, int index) {
    int depth = header.depth();
    if (depth == 16) {
      return (row[2 * index] & 255) << 8 | row[2 * index + 1] & 255;
    }
    int bit = index * depth;
    return (row[bit >> 3] & 255) >> (8 - depth - (bit & 7)) & (1 << depth) - 1;
  }

  private byte scaled(int sample) {
    int max = (1 << header.depth()) - 1;
    return (byte) ((2 * 255 * sample + max) / (2 * max));
  }

  private DataException damaged(int offset, String problem) {
    return ImageFile.unreadable(name + ", byte " + offset, problem);
  }
}
