package engram.bench.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Room on a disk, looked at before it is needed. */
public final class Space {
  private Space() {}

  /**
   * What is missing for so many bytes in a folder, as a sentence; empty where they fit, or where
   * the system does not say.
   */
  public static Optional<String> shortage(Path folder, long bytes) {
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      return free >= bytes
          ? Optional.empty()
          : Optional.of(
              "%s has room for %s, %s are needed".formatted(folder, text(free), text(bytes)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** For example {@code 58 KB}, {@code 1.3 MB} or {@code 12 MB}. */
  public static String text(long bytes) {
    if (bytes < 1_000_000) {
      return bytes / 1000 + " KB";
    }
    double mega = bytes / 1e6;
    return String.format(Locale.ROOT, mega < 9.95 ? "%.1f MB" : "%,.0f MB", mega);
  }
}
