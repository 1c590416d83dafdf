package engram.bench.track;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** Readers of tracker files, written from the formats' descriptions; every checksum is checked. */
final class Decoders {
  private static final int BLOCK = 32 * 1024;

  private Decoders() {}

  /** The records of a {@code .wandb} file. */
  static List<byte[]> wandb(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    assertArrayEquals(
        new byte[] {':', 'W', '&', 'B', (byte) 0xE1, (byte) 0xBE, 0}, Arrays.copyOf(all, 7));
    List<byte[]> records = new ArrayList<>();
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    int last = 4;
    int at = 7;
    while (at < all.length) {
      int left = BLOCK - at % BLOCK;
      if (left < 7) {
        for (int i = at; i < Math.min(at + left, all.length); i++) {
          assertEquals(0, all[i], "padding at " + i);
        }
        at += left;
        continue;
      }
      ByteBuffer header = ByteBuffer.wrap(all, at, 7).order(ByteOrder.LITTLE_ENDIAN);
      int checksum = header.getInt();
      int length = Short.toUnsignedInt(header.getShort());
      int kind = header.get();
      assertEquals(true, 7 + length <= left, "a chunk crosses the end of a block at " + at);
      CRC32 crc = new CRC32();
      crc.update(all, at + 6, 1 + length);
      assertEquals((int) crc.getValue(), checksum, "checksum at " + at);
      boolean begins = kind == 1 || kind == 2;
      assertEquals(begins, last == 1 || last == 4, "chunk kind %d after %d".formatted(kind, last));
      record.write(all, at + 7, length);
      if (kind == 1 || kind == 4) {
        records.add(record.toByteArray());
        record.reset();
      }
      last = kind;
      at += 7 + length;
    }
    assertEquals(true, last == 1 || last == 4, "the last record is not whole");
    return records;
  }

  /** The events of a file of TFRecords. */
  static List<Wire> events(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Wire> events = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      assertEquals(masked(length), in.getInt(), "checksum of a length");
      byte[] data =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      in.get(data);
      assertEquals(masked(data), in.getInt(), "checksum of a record");
      events.add(Wire.read(data));
    }
    return events;
  }

  private static int masked(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int c = (int) crc.getValue();
    return (c >>> 15 | c << 17) + 0xa282ead8;
  }

  /** The only file below a folder whose name holds {@code part}. */
  static Path only(Path folder, String part) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found =
          files
              .filter(Files::isRegularFile)
              .filter(f -> String.valueOf(f.getFileName()).contains(part))
              .toList();
      assertEquals(1, found.size(), "files with " + part + ": " + found);
      return found.getFirst();
    }
  }
}
