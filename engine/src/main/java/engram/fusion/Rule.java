package engram.fusion;

import engram.graph.Node;
import java.util.Optional;

/** One line of the rewrite table. */
@FunctionalInterface
public interface Rule {

  /**
   * Looks for the pattern of this rule.
   *
   * @param site the graph around {@code last}
   * @param last the node that would be the last, or only, one of the pattern
   * @return what to do, or empty where the pattern is not there
   */
  Optional<Rewrite> match(Site site, Node last);
}
