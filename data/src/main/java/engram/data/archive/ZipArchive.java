package engram.data.archive;

import engram.base.InputFile;
import engram.base.Litter;
import engram.base.Reason;
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

  /** Zips of less are opened whatever they unpack to. */
  private static final long FEW_BYTES = 1L << 28;

  /** Pictures pack to a tenth at best, generated ones to a hundredth. */
  private static final long MAX_RATIO = 200;

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
      throw unopened(path, e);
    }
    long unpacked = zip.stream().mapToLong(entry -> Math.max(0, entry.getSize())).sum();
    if (unpacked > FEW_BYTES && unpacked / MAX_RATIO > size(path)) {
      close();
      throw new DataException(
          path.toString(),
          "a zip of %,d bytes with %,d in it, expected at most %d times its size"
              .formatted(size(path), unpacked, MAX_RATIO),
          "No pictures pack so small: look into it, or unpack it and name the folder");
    }
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = Archive.normal(entry.getName());
      if (!name.isEmpty() && !Litter.isLitter(name)) {
        boolean folder = entry.getName().endsWith("/") || entry.getName().endsWith("\\");
        (folder ? folders : files).put(name, entry);
      }
    }
  }

  private static DataException unopened(Path path, IOException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("encrypted")) {
      return new DataException(
          path.toString(), "the zip has a password", "Unpack it and name the folder", e);
    }
    if (message.contains("compression method")) {
      return new DataException(
          path.toString(),
          "the zip is packed in a way that cannot be read, expected deflate",
          "Unpack it and name the folder, or pack it again with  zip -r",
          e);
    }
    return ArchiveKind.of(path)
        .map(
            kind ->
                new DataException(
                    path.toString(),
                    "this is a %s file, expected a zip or a folder".formatted(kind),
                    "Unpack it and name the folder",
                    e))
        .orElseGet(
            () ->
                new DataException(
                    path.toString(),
                    "not a whole zip (%,d bytes): %s".formatted(size(path), Reason.of(e)),
                    "The download may have stopped half way: fetch it again",
                    e));
  }

  private static ZipFile open(Path path) throws IOException {
    InputFile.requireRegular(path);
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
