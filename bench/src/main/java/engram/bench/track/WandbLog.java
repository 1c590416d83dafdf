package engram.bench.track;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

  private final FileChannel channel;
  private int atInBlock;

  WandbLog(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    write(ByteBuffer.wrap(FILE_HEADER));
  }

  /** Appends a record of at least one byte. */
  void append(byte[] record) throws IOException {
    int done = 0;
    boolean first = true; // told by "done" alone only if no chunk were empty, as at 7 bytes left
    while (done < record.length) {
      if (BLOCK - atInBlock < CHUNK_HEADER) {
        write(ByteBuffer.allocate(BLOCK - atInBlock));
      }
      int length = Math.min(record.length - done, BLOCK - atInBlock - CHUNK_HEADER);
      boolean last = done + length == record.length;
      write(chunk(first ? (last ? FULL : FIRST) : (last ? LAST : MIDDLE), record, done, length));
      done += length;
      first = false;
    }
  }

  private static ByteBuffer chunk(byte kind, byte[] record, int offset, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(kind);
    checksum.update(record, offset, length);
    return ByteBuffer.allocate(CHUNK_HEADER + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) checksum.getValue())
        .putShort((short) length)
        .put(kind)
        .put(record, offset, length)
        .flip();
  }

  private void write(ByteBuffer bytes) throws IOException {
    atInBlock = (atInBlock + bytes.remaining()) % BLOCK;
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Forces the file to disk. */
  @Override
  public void close() throws IOException {
    try (channel) {
      channel.force(true);
    }
  }
}
