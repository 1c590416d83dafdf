package engram.data.gtsrb;

import engram.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The files in a zip. The JDK locks only while it copies compressed bytes, so threads inflate side
 * by side; it does not compare checksums, so that is done here.
 */
final class ZipArchive implements Archive {

  /** Bound on one file, checked before allocating what a damaged directory asks for. */
  private static final long MAX_FILE_BYTES = 1L << 26;

  private final Path path;
  private final ZipFile zip;
  private final List<String> files;

  /**
   * Opens a zip.
   *
   * @throws DataException if it is truncated, damaged or no zip at all
   */
  ZipArchive(Path path) {
    this.path = path;
    try {
      this.zip = new ZipFile(path.toFile());
    } catch (IOException e) {
      throw new DataException(
          path.toString(),
          "not a whole zip (%,d bytes): %s".formatted(size(path), e.getMessage()),
          "The download may have stopped half way: fetch it again with  engram data fetch gtsrb",
          e);
    }
    this.files =
        zip.stream().filter(e -> !e.isDirectory()).map(ZipEntry::getName).sorted().toList();
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public List<String> files() {
    return files;
  }

  @Override
  public boolean has(String name) {
    return zip.getEntry(name) != null;
  }

  @Override
  public byte[] read(String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw DataException.damaged(where(name), "the zip holds no such file");
    }
    if (entry.getSize() < 0 || entry.getSize() > MAX_FILE_BYTES) {
      throw DataException.damaged(
          where(name),
          "%,d bytes, expected at most %,d".formatted(entry.getSize(), MAX_FILE_BYTES));
    }
    byte[] bytes = new byte[(int) entry.getSize()];
    int count;
    try (InputStream in = zip.getInputStream(entry)) {
      count = in.readNBytes(bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new DataException(
          where(name), "cannot be unpacked: " + e.getMessage(), DataException.FETCH_AGAIN, e);
    }
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, count);
    if (count < bytes.length || crc.getValue() != entry.getCrc()) {
      throw DataException.damaged(
          where(name),
          "unpacks to %d bytes with CRC %08x, expected %d bytes with CRC %08x"
              .formatted(count, crc.getValue(), bytes.length, entry.getCrc()));
    }
    return bytes;
  }

  @Override
  public String where(String name) {
    return path + "!" + name;
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      // It was only read: nothing is lost.
    }
  }
}
