package engram.base;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folder for files that can be made or fetched again. */
public final class UserCache {
  private UserCache() {}

  /** {@code engram} in the folder for caches that this user's operating system suggests. */
  public static Path folder() {
    return folder(
        System.getProperty("os.name", ""),
        System.getenv(),
        System.getProperty("user.home", ""),
        Path.of(System.getProperty("java.io.tmpdir", "")));
  }

  /**
   * {@code XDG_CACHE_HOME} where it is set (the XDG specification says to ignore a relative one),
   * else the system's custom, else the temporary folder. The environment's {@code HOME} comes
   * before Java's {@code user.home}, which is "?" for a user without an entry in passwd.
   */
  static Path folder(
      String system, Map<String, String> environment, String userHome, Path temporary) {
    Optional<Path> home = absolute(environment.get("HOME")).or(() -> absolute(userHome));
    Optional<Path> local =
        system.startsWith("Windows") ? absolute(environment.get("LOCALAPPDATA")) : Optional.empty();
    String custom = system.startsWith("Mac") ? "Library/Caches" : ".cache";
    return absolute(environment.get("XDG_CACHE_HOME"))
        .or(() -> local)
        .or(() -> home.map(folder -> folder.resolve(custom)))
        .orElse(temporary)
        .resolve("engram");
  }

  private static Optional<Path> absolute(@Nullable String name) {
    try {
      return Optional.ofNullable(name).map(Path::of).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
