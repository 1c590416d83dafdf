package engram.data.archive;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Files and folders that systems leave among people's own: twins of a Mac's files, thumbnails,
 * waste bins. No archive lists them.
 */
final class Litter {
  /** Beside these, all whose names begin with a dot. */
  private static final List<String> NAMES =
      List.of(
          "thumbs.db",
          "ehthumbs.db",
          "desktop.ini",
          "icon\r",
          "__macosx",
          "@eadir",
          "#recycle",
          "$recycle.bin",
          "system volume information",
          "lost+found");

  private Litter() {}

  /** Whether any part of a name, with slashes, is that of such a thing. */
  static boolean is(String name) {
    return Stream.of(name.split("/"))
        .map(part -> part.toLowerCase(Locale.ROOT))
        .anyMatch(part -> part.startsWith(".") || NAMES.contains(part));
  }
}
