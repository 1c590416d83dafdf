package engram.bench.track;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A file of TFRecords, as TensorBoard reads it while it grows: each record is its length (u64), a
 * checksum of the length, the bytes, a checksum of the bytes; little-endian.
 */
final class EventFile implements AutoCloseable {
  private static final int MASK_DELTA = 0xA282EAD8;

  private final WholeRecords file;

  EventFile(Path place) throws IOException {
    file = new WholeRecords(place);
  }

  void append(byte[] record) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + record.length + 2 * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(record.length);
    bytes.putInt(maskedChecksum(bytes.array(), 0, Long.BYTES));
    bytes.put(record);
    bytes.putInt(maskedChecksum(record, 0, record.length));
    file.append(bytes.flip());
  }

  /** CRC-32C, turned and shifted so that a checksum of data that holds checksums stays sound. */
  private static int maskedChecksum(byte[] bytes, int offset, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, offset, length);
    return Integer.rotateRight((int) checksum.getValue(), 15) + MASK_DELTA;
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
