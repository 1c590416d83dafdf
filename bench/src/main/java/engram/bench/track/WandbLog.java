package engram.bench.track;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * A {@code .wandb} file: a header of 7 bytes, then records in the log format of LevelDB. The file
 * is blocks of 32 KiB, the header counted in the first; a record is cut into chunks so that none
 * crosses the end of a block. A chunk is a checksum (u32), its length (u16), its kind (u8) and its
 * bytes; where fewer than 7 bytes are left in a block they are zero. Unlike LevelDB's the checksum
 * is a plain CRC-32, of kind and bytes.
 */
final class WandbLog implements AutoCloseable {
  private static final int BLOCK = 1 << 15;
  private static final int CHUNK_HEADER = 7;
  private static final byte[] FILE_HEADER = {':', 'W', '&', 'B', (byte) 0xE1, (byte) 0xBE, 0};

  private static final byte FULL = 1;
  private static final byte FIRST = 2;
  private static final byte MIDDLE = 3;
  private static final byte LAST = 4;

  private final WholeRecords file;

  WandbLog(Path place) throws IOException {
    file = new WholeRecords(place);
    try {
      file.append(ByteBuffer.wrap(FILE_HEADER));
    } catch (IOException e) {
      file.discard();
      throw e;
    }
  }

  /** Appends a record of at least one byte. */
  void append(byte[] record) throws IOException {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream(record.length + 2 * CHUNK_HEADER);
    int atInBlock = (int) (file.size() % BLOCK);
    int done = 0;
    boolean first = true; // told by "done" alone only if no chunk were empty, as at 7 bytes left
    while (done < record.length) {
      if (BLOCK - atInBlock < CHUNK_HEADER) {
        chunks.writeBytes(new byte[BLOCK - atInBlock]);
        atInBlock = 0;
      }
      int length = Math.min(record.length - done, BLOCK - atInBlock - CHUNK_HEADER);
      boolean last = done + length == record.length;
      byte kind = first ? (last ? FULL : FIRST) : (last ? LAST : MIDDLE);
      chunks.writeBytes(chunk(kind, record, done, length));
      atInBlock = (atInBlock + CHUNK_HEADER + length) % BLOCK;
      done += length;
      first = false;
    }
    file.append(ByteBuffer.wrap(chunks.toByteArray()));
  }

  private static byte[] chunk(byte kind, byte[] record, int offset, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(kind);
    checksum.update(record, offset, length);
    return ByteBuffer.allocate(CHUNK_HEADER + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) checksum.getValue())
        .putShort((short) length)
        .put(kind)
        .put(record, offset, length)
        .array();
  }

  /** Takes the file away. */
  void discard() throws IOException {
    file.discard();
  }

  /** Forces the file to disk. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
