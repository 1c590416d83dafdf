package engram.bench.track;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that grows by whole records: what a full disk took of one is cut off again, so that it can
 * be appended once more, and readers never meet half of one in the middle.
 */
final class WholeRecords implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private long end;

  /** An empty one; what a try left that failed is replaced. */
  WholeRecords(Path file) throws IOException {
    this.file = file;
    channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
  }

  /** Appends all of it, or nothing. */
  void append(ByteBuffer record) throws IOException {
    try {
      while (record.hasRemaining()) {
        channel.write(record);
      }
      end = channel.position();
    } finally {
      channel.truncate(end);
    }
  }

  /** Bytes so far. */
  long size() {
    return end;
  }

  /** Takes the file away: it never came to what a reader could use. */
  void discard() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }

  /** Forces the file to disk. */
  @Override
  public void close() throws IOException {
    try (channel) {
      channel.force(true);
    }
  }
}
