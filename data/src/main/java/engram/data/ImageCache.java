package engram.data;

import engram.base.WholeFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** Takes lines that a person should see. */
  public Consumer<String> notices() {
    return log;
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
      WholeFile.write(file, out -> CacheFile.write(out, key, made));
    } catch (IOException e) {
      log.accept("the cache could not be written, so the next start is slow: " + e.getMessage());
    }
    return made;
  }
}
