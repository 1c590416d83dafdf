package engram.base;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What systems leave in folders by themselves: to be passed over, and never deleted. */
public final class Litter {
  private static final Set<String> NAMES =
      Set.of(
          "thumbs.db",
          "ehthumbs.db",
          "desktop.ini",
          "icon\r", // macOS: a folder's own icon
          "__macosx",
          "@eadir", // Synology's previews
          "#recycle",
          "$recycle.bin",
          "system volume information",
          "lost+found");

  private Litter() {}

  /**
   * Whether a file is of that kind or in such a folder; all names that begin with a dot are: {@code
   * .DS_Store}, {@code ._x}, {@code .directory}, {@code .nfs0001}.
   *
   * @param name path relative to the folder that is looked at, with slashes
   */
  public static boolean isLitter(String name) {
    return Stream.of(name.split("/"))
        .map(part -> part.toLowerCase(Locale.ROOT))
        .anyMatch(part -> part.startsWith(".") || NAMES.contains(part));
  }
}
