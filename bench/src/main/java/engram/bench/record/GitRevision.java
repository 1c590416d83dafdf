package engram.bench.record;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;

/** The revision of the checkout that the program was started from. */
final class GitRevision {
  private GitRevision() {}

  /** Empty when the jar does not lie in a checkout of Engram, or git is not installed. */
  static Optional<String> ofSources() {
    return jarFolder().flatMap(GitRevision::of);
  }

  private static Optional<String> of(String folder) {
    // A jar dropped into some other project's checkout must not claim that project's revision.
    boolean ours =
        Command.output(List.of("git", "-C", folder, "rev-parse", "--show-toplevel"))
            .map(top -> Path.of(top, "bench", "engram").toFile().isFile())
            .orElse(false);
    return ours
        ? Command.output(
            List.of("git", "-C", folder, "describe", "--always", "--dirty", "--abbrev=12"))
        : Optional.empty();
  }

  private static Optional<String> jarFolder() {
    CodeSource source = GitRevision.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return Optional.empty();
    }
    try {
      Path jar = Path.of(source.getLocation().toURI()).toAbsolutePath();
      return Optional.ofNullable(jar.getParent()).map(Path::toString);
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
