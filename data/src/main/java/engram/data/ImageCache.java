package engram.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps decoded or generated data sets on disk, so that only the first start has to make them.
 *
 * <p>A cached file is a convenience, never a need: one that is damaged, stale or unwritable costs
 * one line in the log and the time to make the data again.
 */
public final class ImageCache {

  private final Path folder;
  private final Consumer<String> log;

  /**
   * A cache in {@code folder}, which is made when first needed.
   *
   * @param log takes a line for people when a file had to be rebuilt or could not be written
   */
  public ImageCache(Path folder, Consumer<String> log) {
    this.folder = folder;
    this.log = log;
  }

  /** The folder for caches that this user's operating system suggests. */
  public static Path userFolder() {
    return userFolder(
        System.getProperty("os.name", ""),
        Path.of(System.getProperty("user.home", "")),
        System.getenv());
  }

  static Path userFolder(String system, Path home, Map<String, String> environment) {
    Path xdg = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
    if (xdg.isAbsolute()) { // the XDG specification says to ignore a relative one
      return xdg.resolve("engram");
    }
    return system.startsWith("Mac")
        ? home.resolve("Library/Caches/engram")
        : home.resolve(".cache/engram");
  }

  /**
   * The data set kept under {@code name}, if it was made for the same {@code key}; otherwise the
   * one that {@code make} returns, which is then kept in its place.
   *
   * @param name file name without ending: one slot, so a changed key replaces the old data
   * @param key everything that the data depend on: sources, options, version of the code
   */
  public Dataset get(String name, String key, Supplier<Dataset> make) {
    Path file = folder.resolve(name + ".images");
    if (Files.exists(file)) {
      try {
        return CacheFile.read(file, key);
      } catch (EOFException e) {
        log.accept("cache " + file + " is rebuilt: it ends too early");
      } catch (IOException e) {
        log.accept("cache " + file + " is rebuilt: " + e.getMessage());
      }
    }
    Dataset made = make.get();
    try {
      write(file, key, made);
    } catch (IOException e) {
      log.accept("cache " + file + " could not be written, so the next start is slow: " + e);
    }
    return made;
  }

  /** Beside, synchronised, renamed: a reader meets the old file or the new one, never a part. */
  private void write(Path file, String key, Dataset dataset) throws IOException {
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, file.getFileName().toString(), ".part");
    try {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        CacheFile.write(Channels.newOutputStream(channel), key, dataset);
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
