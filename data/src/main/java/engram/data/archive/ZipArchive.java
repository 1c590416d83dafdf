package engram.data.archive;

import engram.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The files in a zip. The JDK locks only while it copies compressed bytes, so threads inflate side
 * by side; it does not compare checksums, so that is done here.
 */
public final class ZipArchive implements Archive {

  /** What to do about a damaged zip. */
  private static final String REMEDY = "The zip may be damaged: fetch it again, or make it again";

  /** How names were written before UTF-8. */
  private static final String OLD_NAMES = "IBM437";

  private final Path path;
  private final ZipFile zip;
  private final SortedMap<String, ZipEntry> files = new TreeMap<>();
  private final SortedMap<String, ZipEntry> folders = new TreeMap<>();

  /**
   * Opens a zip.
   *
   * @throws DataException if it is truncated, damaged or no zip at all
   */
  public ZipArchive(Path path) {
    this.path = path;
    try {
      this.zip = open(path);
    } catch (IOException e) {
      throw new DataException(
          path.toString(),
          "not a whole zip (%,d bytes): %s".formatted(size(path), e.getMessage()),
          "The download may have stopped half way: fetch it again",
          e);
    }
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = entry.getName().replace('\\', '/'); // some tools on Windows write those
      if (name.endsWith("/")) {
        folders.put(name.substring(0, name.length() - 1), entry);
      } else {
        files.put(name, entry);
      }
    }
  }

  private static ZipFile open(Path path) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException("it is no regular file");
    }
    try {
      return new ZipFile(path.toFile(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("bad entry name")
          || !Charset.isSupported(OLD_NAMES)) {
        throw e;
      }
      return new ZipFile(path.toFile(), Charset.forName(OLD_NAMES));
    }
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
    return List.copyOf(files.keySet());
  }

  @Override
  public List<String> folders() {
    return List.copyOf(folders.keySet());
  }

  @Override
  public boolean has(String name) {
    return files.containsKey(name);
  }

  @Override
  public byte[] read(String name) {
    ZipEntry entry =
        Optional.ofNullable(files.get(name))
            .orElseThrow(() -> damaged(name, "the zip holds no such file"));
    if (entry.getSize() < 0 || entry.getSize() > MAX_FILE_BYTES) {
      throw Archive.tooLarge(where(name), entry.getSize());
    }
    byte[] bytes = new byte[(int) entry.getSize()];
    int count;
    try (InputStream in = zip.getInputStream(entry)) {
      count = in.readNBytes(bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new DataException(where(name), "cannot be unpacked: " + e.getMessage(), REMEDY, e);
    }
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, count);
    if (count < bytes.length || crc.getValue() != entry.getCrc()) {
      throw damaged(
          name,
          "unpacks to %d bytes with CRC %08x, expected %d bytes with CRC %08x"
              .formatted(count, crc.getValue(), bytes.length, entry.getCrc()));
    }
    return bytes;
  }

  private DataException damaged(String name, String problem) {
    return new DataException(where(name), problem, REMEDY);
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
