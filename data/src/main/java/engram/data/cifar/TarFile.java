package engram.data.cifar;

import engram.data.DataException;
import engram.data.DataFile;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Walks through a tar archive (POSIX.1-1988, "ustar", and what is compatible with it): 512 bytes of
 * header, the file's bytes, zeros up to the next 512. It ends with a block of zeros.
 */
final class TarFile {
  private static final int BLOCK = 512;

  /** Ten times what CIFAR unpacks to. */
  private static final long MOST_BYTES = 2_000_000_000;

  private static final long MOST_PADDING = 1 << 24;
  private static final int NAME = 0;
  private static final int SIZE = 124;
  private static final int CHECKSUM = 148;
  private static final int TYPE = 156;

  private final DataFile file;
  private long at;

  TarFile(DataFile file) {
    this.file = file;
  }

  /**
   * A file of the archive; its bytes come next.
   *
   * @param name without folders
   * @param size in bytes
   */
  record Entry(String name, long size) {}

  /**
   * The next regular file; folders, links and notes of newer formats are passed over.
   *
   * @return empty at the end
   * @throws DataException if this is no tar archive, or it is damaged
   */
  Optional<Entry> next() {
    while (true) {
      byte[] header = file.read(BLOCK);
      if (header.length == 0 && at > 0 || isEnd(header)) {
        if (file.skip(MOST_PADDING) == MOST_PADDING) { // so that gzip's checksum is compared
          throw damaged("more than %,d bytes follow its end".formatted(MOST_PADDING));
        }
        return Optional.empty();
      }
      if (header.length < BLOCK || !hasChecksum(header)) {
        throw damaged(at == 0 ? "not a tar archive" : "no header of a file here");
      }
      long size = octal(header, SIZE, 12);
      at += BLOCK;
      if (at + size > MOST_BYTES) {
        throw damaged("more than %,d bytes when unpacked".formatted(MOST_BYTES));
      }
      if (header[TYPE] == '0' || header[TYPE] == 0) {
        return Optional.of(new Entry(name(header), size));
      }
      pass(size);
    }
  }

  /**
   * The bytes of the entry that has just come, less than 2 GB.
   *
   * @throws DataException if the archive ends before
   */
  byte[] read(Entry entry) {
    byte[] bytes = file.read(Math.toIntExact(entry.size()));
    at += bytes.length;
    if (bytes.length < entry.size()) {
      throw damaged(
          "the archive ends after %,d of %,d bytes of %s"
              .formatted(bytes.length, entry.size(), entry.name()));
    }
    padding(entry.size());
    return bytes;
  }

  /** Passes over the bytes of the entry that has just come. */
  void skip(Entry entry) {
    pass(entry.size());
  }

  private void pass(long size) {
    long skipped = file.skip(size);
    at += skipped;
    if (skipped < size) {
      throw damaged("the archive ends within a file");
    }
    padding(size);
  }

  private void padding(long size) {
    at += file.skip((BLOCK - size % BLOCK) % BLOCK);
  }

  private static boolean isEnd(byte[] header) {
    for (byte b : header) {
      if (b != 0) {
        return false;
      }
    }
    return header.length == BLOCK;
  }

  /** The sum of all bytes, its own eight taken as blanks. */
  private boolean hasChecksum(byte[] header) {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= CHECKSUM && i < CHECKSUM + 8 ? ' ' : header[i] & 255;
    }
    return sum == octal(header, CHECKSUM, 8);
  }

  private long octal(byte[] header, int start, int length) {
    String text = text(header, start, length).strip();
    if (!text.matches("[0-7]{1,12}")) {
      throw damaged(at == 0 ? "not a tar archive" : "the header of a file is damaged");
    }
    return Long.parseLong(text, 8);
  }

  private static String name(byte[] header) {
    String path = text(header, NAME, 100);
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String text(byte[] header, int start, int length) {
    int end = start;
    while (end < start + length && header[end] != 0) {
      end++;
    }
    return new String(header, start, end - start, StandardCharsets.UTF_8);
  }

  private DataException damaged(String problem) {
    return new DataException(
        file.where() + ", byte " + at + " of the archive",
        problem,
        "The archive may be damaged: fetch it again");
  }
}
