package engram.nn.summary;

import java.util.Locale;

/** Numbers of bytes for people. */
public final class Bytes {
  private static final double KIBI = 1 << 10;
  private static final double MEBI = 1 << 20;

  private Bytes() {}

  /** {@code 40 B}, {@code 3.06 KiB}, {@code 91.42 MiB}: a small layer is not 0.00 of anything. */
  public static String text(long bytes) {
    if (bytes < KIBI) {
      return bytes + " B";
    }
    return bytes < MEBI
        ? String.format(Locale.ROOT, "%.2f KiB", bytes / KIBI)
        : String.format(Locale.ROOT, "%,.2f MiB", bytes / MEBI);
  }
}
