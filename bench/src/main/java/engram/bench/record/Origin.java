package engram.bench.record;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where a run comes from.
 *
 * @param revision of the program's sources, as git describes it; empty where no checkout is known
 * @param host name of this machine; empty where it has none
 */
public record Origin(Optional<String> revision, Optional<String> host) {
  /** That of this process. */
  public static Origin here() {
    return new Origin(GitRevision.ofSources(), hostName());
  }

  private static Optional<String> hostName() {
    try {
      return Optional.of(InetAddress.getLocalHost().getHostName()).filter(n -> !n.isBlank());
    } catch (UnknownHostException e) {
      return Optional.ofNullable(System.getenv("HOSTNAME")).filter(n -> !n.isBlank());
    }
  }
}
