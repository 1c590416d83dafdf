package engram.base;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Paths as people write them: in a leading {@code ~} they mean their home folder. A shell puts the
 * folder for it only at the beginning of a word, so not in {@code gtsrb:~/signs}, and never in a
 * file of options.
 */
public final class UserPath {
  private UserPath() {}

  /**
   * The path that a person means.
   *
   * @throws InvalidPathException if this system has no such paths, or where there is a line break:
   *     it would be one in every message and list that names the path
   */
  public static Path of(String text) {
    return of(text, System.getenv(), System.getProperty("user.home", ""));
  }

  /** The environment's {@code HOME} comes before Java's {@code user.home}, as in a shell. */
  static Path of(String text, Map<String, String> environment, String userHome) {
    if (text.contains("\n") || text.contains("\r")) {
      throw new InvalidPathException(text, "there is a line break in it");
    }
    boolean atHome = text.equals("~") || text.startsWith("~/") || text.startsWith("~\\");
    if (!atHome) {
      return Path.of(text);
    }
    String home = environment.getOrDefault("HOME", "");
    return Path.of(home.isEmpty() ? userHome : home, text.substring(1));
  }
}
