package engram.bench.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/** Checksums and lengths of damaged inputs made right again, so that damage behind them is met. */
final class Repairs {
  private static final int TAR_BLOCK = 512;
  private static final int TAR_CHECKSUM = 148;

  private Repairs() {}

  /** Checksums of the chunks. */
  static byte[] png(byte[] input, SplittableRandom random) {
    byte[] bytes = input.clone();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (int at = 8; at + 12 <= bytes.length; ) {
      int length = buffer.getInt(at);
      if (length < 0 || length > bytes.length - at - 12) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(bytes, at + 4, length + 4);
      buffer.putInt(at + 8 + length, (int) crc.getValue());
      at += length + 12;
    }
    return bytes;
  }

  /** Checksums of all blocks that may be headers. */
  static byte[] tar(byte[] input, SplittableRandom random) {
    return tar(input);
  }

  static byte[] tar(byte[] input) {
    byte[] bytes = input.clone();
    for (int at = 0; at + TAR_BLOCK <= bytes.length; at += TAR_BLOCK) {
      if (bytes[at] != 0 && bytes[at + 257] == 'u') {
        Arrays.fill(bytes, at + TAR_CHECKSUM, at + TAR_CHECKSUM + 8, (byte) ' ');
        int sum = 0;
        for (int i = at; i < at + TAR_BLOCK; i++) {
          sum += bytes[i] & 255;
        }
        byte[] text = "%06o\0 ".formatted(sum).getBytes(US_ASCII);
        System.arraycopy(text, 0, bytes, at + TAR_CHECKSUM, 8);
      }
    }
    return bytes;
  }

  /** A tar archive packed, its own checksums right or not. */
  static byte[] gzip(byte[] input, SplittableRandom random) {
    return Corpus.gzip(random.nextBoolean() ? input : tar(input));
  }

  /** The length of a safetensors header, which ends with its last brace. */
  static byte[] headerLength(byte[] input, SplittableRandom random) {
    int end = input.length - 1;
    while (end > 8 && input[end] != '}') {
      end--;
    }
    byte[] bytes = input.clone();
    if (end > 8) {
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, end - 7);
    }
    return bytes;
  }
}
