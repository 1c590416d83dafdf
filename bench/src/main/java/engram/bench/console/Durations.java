package engram.bench.console;

import java.util.Locale;

/** Times as people write them. */
public final class Durations {
  private Durations() {}

  /** For example {@code 0.8 s}, {@code 42 s}, {@code 3 min 5 s}, {@code 2 h 10 min}. */
  public static String text(double seconds) {
    long whole = Math.round(seconds);
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? "%s min %s s".formatted(whole / 60, whole % 60)
        : "%s h %s min".formatted(whole / 3600, whole % 3600 / 60);
  }

  /** For example {@code 0:07} or {@code 1:02:30}. */
  public static String clock(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole % 3600 / 60, whole % 60);
  }

  /** What a kernel takes, in the unit that leaves one to three digits before the point. */
  public static String small(double seconds) {
    if (seconds < 1e-6) {
      return String.format(Locale.ROOT, "%.1f ns", 1e9 * seconds);
    }
    if (seconds < 1e-3) {
      return String.format(Locale.ROOT, "%.2f µs", 1e6 * seconds);
    }
    return seconds < 1
        ? String.format(Locale.ROOT, "%.2f ms", 1e3 * seconds)
        : String.format(Locale.ROOT, "%.2f s", seconds);
  }
}
