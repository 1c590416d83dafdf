package engram.fusion;

import engram.graph.Node;
import java.util.function.BiFunction;

/** One line of the rewrite table. */
public interface Rule {

  /** What becomes what, such as {@code add_bias(conv2d(x, w), b) -> fused_conv2d(x, w, b)}. */
  String pattern();

  /**
   * Looks for the pattern of this rule.
   *
   * @param site the graph around {@code last}
   * @param last the node that would be the last, or only, one of the pattern
   */
  Match match(Site site, Node last);

  /** A rule of one method. */
  static Rule of(String pattern, BiFunction<Site, Node, Match> match) {
    return new Rule() {
      @Override
      public String pattern() {
        return pattern;
      }

      @Override
      public Match match(Site site, Node last) {
        return match.apply(site, last);
      }
    };
  }
}
