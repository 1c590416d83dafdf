package engram.data.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Writes PNG files of every kind, as plainly as can be. */
final class Pngs {

  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private Pngs() {}

  /**
   * A whole file.
   *
   * @param samples [row][column][sample] as the format packs them
   * @param filter filter of all rows, or -1 for another one on each
   */
  static byte[] png(int type, int depth, boolean interlaced, int filter, int[][][] samples) {
    ByteArrayOutputStream out = start(type, depth, interlaced, samples[0].length, samples.length);
    if (type == 3) {
      chunk(out, "PLTE", palette());
    }
    byte[] packed = pack(type, depth, interlaced, filter, samples);
    int half = packed.length / 2; // data may be cut anywhere
    chunk(out, "IDAT", Arrays.copyOfRange(packed, 0, half));
    chunk(out, "tEXt", "Comment\0a chunk to pass over".getBytes(StandardCharsets.ISO_8859_1));
    chunk(out, "IDAT", new byte[0]);
    chunk(out, "IDAT", Arrays.copyOfRange(packed, half, packed.length));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  /** The file without its comment and empty chunks, which not every decoder bears among pixels. */
  static byte[] plain(byte[] file) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, 8);
    for (int at = 8; at < file.length; ) {
      int length = ByteBuffer.wrap(file).getInt(at);
      String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (!type.equals("tEXt") && (length > 0 || type.equals("IEND"))) {
        out.write(file, at, length + 12);
      }
      at += length + 12;
    }
    return out.toByteArray();
  }

  /** Signature and header. */
  static ByteArrayOutputStream start(
      int type, int depth, boolean interlaced, int width, int height) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) depth).put((byte) type).put((byte) 0).put((byte) 0);
    header.put((byte) (interlaced ? 1 : 0));
    chunk(out, "IHDR", header.array());
    return out;
  }

  /** 16 colours: number i is i, 10 i, 255 - i. */
  private static byte[] palette() {
    byte[] palette = new byte[3 * 16];
    for (int i = 0; i < 16; i++) {
      palette[3 * i] = (byte) i;
      palette[3 * i + 1] = (byte) (10 * i);
      palette[3 * i + 2] = (byte) (255 - i);
    }
    return palette;
  }

  static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] body = new byte[4 + data.length];
    System.arraycopy(type.getBytes(StandardCharsets.ISO_8859_1), 0, body, 0, 4);
    System.arraycopy(data, 0, body, 4, data.length);
    CRC32 crc = new CRC32();
    crc.update(body);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(body);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  private static byte[] pack(
      int type, int depth, boolean interlaced, int filter, int[][][] samples) {
    int perPixel = type == 2 ? 3 : type == 4 ? 2 : type == 6 ? 4 : 1;
    int pixelBytes = Math.max(1, perPixel * depth / 8);
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    for (int[] pass : interlaced ? ADAM7 : new int[][] {{0, 0, 1, 1}}) {
      byte[] above = new byte[0];
      for (int y = pass[1]; y < samples.length; y += pass[3]) {
        byte[] row = row(samples[y], pass[0], pass[2], depth);
        if (row.length > 0) {
          int kind = filter >= 0 ? filter : y % 5;
          raw.write(kind);
          raw.writeBytes(
              filtered(row, above.length == 0 ? new byte[row.length] : above, pixelBytes, kind));
          above = row;
        }
      }
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(packed)) {
      deflater.write(raw.toByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return packed.toByteArray();
  }

  private static byte[] row(int[][] pixels, int left, int step, int depth) {
    StringBuilder bits = new StringBuilder();
    for (int x = left; x < pixels.length; x += step) {
      for (int sample : pixels[x]) {
        String binary = Integer.toBinaryString(sample);
        bits.append("0".repeat(depth - binary.length())).append(binary);
      }
    }
    bits.append("0".repeat((8 - bits.length() % 8) % 8));
    byte[] row = new byte[bits.length() / 8];
    for (int i = 0; i < row.length; i++) {
      row[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
    }
    return row;
  }

  private static byte[] filtered(byte[] row, byte[] above, int pixelBytes, int filter) {
    byte[] out = new byte[row.length];
    for (int i = 0; i < row.length; i++) {
      int a = i < pixelBytes ? 0 : row[i - pixelBytes] & 255;
      int b = above[i] & 255;
      int c = i < pixelBytes ? 0 : above[i - pixelBytes] & 255;
      int p = a + b - c;
      int paeth =
          Math.abs(p - a) <= Math.abs(p - b) && Math.abs(p - a) <= Math.abs(p - c)
              ? a
              : Math.abs(p - b) <= Math.abs(p - c) ? b : c;
      int predicted =
          switch (filter) {
            case 1 -> a;
            case 2 -> b;
            case 3 -> (a + b) / 2;
            case 4 -> paeth;
            default -> 0;
          };
      out[i] = (byte) (row[i] - predicted);
    }
    return out;
  }
}
