package engram.bench.suite;

import engram.op.OpCase;

/**
 * A case under the name by which a benchmark asks for it.
 *
 * @param id {@code OP/NUMBER} for a declared case, {@code OP/net-NUMBER} at a size of the reference
 *     network, {@code OP/million} on a million elements
 */
public record BenchCase(String id, OpCase opCase) {

  /** What comes behind the slash. */
  public String place() {
    return id.substring(id.indexOf('/') + 1);
  }

  /** Whether this is at a size that matters for speed, and not one that tests edges. */
  public boolean isLarge() {
    return id.contains("/net-") || id.endsWith("/million");
  }
}
