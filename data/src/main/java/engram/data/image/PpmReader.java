package engram.data.image;

import engram.data.DataException;
import engram.data.Picture;

/**
 * Reads the binary "portable pixmap" format, P6, that GTSRB comes in, and its grey brother, P5.
 *
 * <pre>
 * P6 &lt;width&gt; &lt;height&gt; &lt;maxval&gt; &lt;one whitespace&gt; &lt;width * height * (red, green, blue)&gt;
 * P5 &lt;width&gt; &lt;height&gt; &lt;maxval&gt; &lt;one whitespace&gt; &lt;width * height * grey&gt;
 * </pre>
 *
 * Header fields are decimal and separated by whitespace, where a {@code #} starts a comment that
 * runs to the end of its line. Samples take one byte, or two (big-endian) when maxval exceeds 255;
 * they are scaled to 0..255, rounded to nearest. Format: the {@code ppm(5)} and {@code pgm(5)}
 * manual pages of Netpbm.
 */
final class PpmReader implements ImageFile {

  /** Bound on width and height: far above any photograph, and their product fits a long. */
  private static final int MAX_SIDE = 1_000_000;

  private static final int MAX_MAXVAL = 65_535;

  private final String name;
  private final byte[] bytes;
  private final int width;
  private final int height;
  private final int channels;
  private final int maxval;
  private int at;

  /** Reads the header. */
  PpmReader(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
    if (bytes.length < 2 || bytes[0] != 'P' || bytes[1] != '6' && bytes[1] != '5') {
      throw damaged(0, "the file starts with %s, expected the magic P6".formatted(found(0, 2)));
    }
    at = 2;
    channels = bytes[1] == '6' ? 3 : 1;
    width = field("width", MAX_SIDE);
    height = field("height", MAX_SIDE);
    maxval = field("maxval", MAX_MAXVAL);
    skipEndOfHeader();
    long expected = (long) width * height * channels * sampleBytes();
    int present = bytes.length - at;
    if (present != expected) {
      throw damaged(
          at,
          "%d bytes of pixels follow, expected %d for %d x %d pixels with maxval %d"
              .formatted(present, expected, width, height, maxval));
    }
    ImageFile.requireSize(name, width, height, Long.MAX_VALUE);
  }

  /**
   * The picture in {@code bytes}, which must hold one picture and nothing else.
   *
   * @param name file name, for messages
   * @throws DataException naming file and byte offset if the bytes are not such a picture
   */
  static Picture read(String name, byte[] bytes) {
    return new PpmReader(name, bytes).picture();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int channels() {
    return channels;
  }

  private int sampleBytes() {
    return maxval > 255 ? 2 : 1;
  }

  @Override
  public Picture picture() {
    return new Picture(width, height, channels, samples(width * height * channels));
  }

  /** A decimal number from 1 to {@code max}, after at least one whitespace or comment. */
  private int field(String field, int max) {
    int before = at;
    skipBlanks();
    if (at == before) {
      throw damaged(
          at, "found %s, expected whitespace before the %s".formatted(found(at, 1), field));
    }
    int start = at;
    long value = 0;
    while (at < bytes.length && isDigit(bytes[at]) && value <= max) {
      value = 10 * value + (bytes[at++] - '0');
    }
    if (at == start || value < 1 || value > max) {
      throw damaged(
          start,
          "the %s is %s, expected a whole number from 1 to %d"
              .formatted(field, found(start, Math.max(1, at - start)), max));
    }
    return (int) value;
  }

  private void skipBlanks() {
    while (at < bytes.length) {
      if (bytes[at] == '#') {
        skipComment();
      } else if (isBlank(bytes[at])) {
        at++;
      } else {
        return;
      }
    }
  }

  /** From the {@code #} to the end of its line; the line end itself stays, as it is whitespace. */
  private void skipComment() {
    while (at < bytes.length && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
  }

  /** Exactly one whitespace, since the next byte is already a sample; a comment may precede it. */
  private void skipEndOfHeader() {
    if (at < bytes.length && bytes[at] == '#') {
      skipComment();
    }
    if (at >= bytes.length || !isBlank(bytes[at])) {
      throw damaged(
          at, "found %s, expected one whitespace after the maxval".formatted(found(at, 1)));
    }
    at++;
  }

  private byte[] samples(int count) {
    byte[] samples = new byte[count];
    if (maxval == 255) {
      System.arraycopy(bytes, at, samples, 0, count);
      return samples;
    }
    for (int i = 0; i < count; i++) {
      int offset = maxval > 255 ? at + 2 * i : at + i;
      int sample = bytes[offset] & 255;
      if (maxval > 255) {
        sample = sample << 8 | bytes[offset + 1] & 255;
      }
      if (sample > maxval) {
        throw damaged(
            offset, "the sample is %d, expected at most the maxval %d".formatted(sample, maxval));
      }
      samples[i] = (byte) ((2 * 255 * sample + maxval) / (2 * maxval));
    }
    return samples;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }

  /** Up to {@code count} bytes at {@code offset} as a person can read them. */
  private String found(int offset, int count) {
    if (offset >= bytes.length) {
      return "the end of the file";
    }
    StringBuilder text = new StringBuilder();
    for (int i = offset; i < Math.min(bytes.length, offset + count); i++) {
      boolean printable = bytes[i] > ' ' && bytes[i] < 127;
      text.append(printable ? "" + (char) bytes[i] : "\\x%02x".formatted(bytes[i]));
    }
    return "\"" + text + "\"";
  }

  private DataException damaged(int offset, String problem) {
    return ImageFile.unreadable(name + ", byte " + offset, problem);
  }
}
