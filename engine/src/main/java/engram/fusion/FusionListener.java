package engram.fusion;

import engram.graph.Graph;
import engram.graph.Node;
import java.util.List;

/** Sees how {@link Fusion} rewrites a graph. */
public interface FusionListener {

  /**
   * A rule was applied.
   *
   * @param taken the nodes that went away, in order
   * @param given the nodes that stand in their place, in order
   * @param after the graph then, without what nobody reads any more
   */
  record Firing(Rule rule, List<Node> taken, List<Node> given, Graph after) {}

  /**
   * The pattern of a rule is there, but the rule was not applied.
   *
   * @param last the last node of the pattern
   * @param why in words
   */
  record NearMiss(Rule rule, Node last, String why) {}

  /** Told of each rule that is applied, in order. */
  void fired(Firing firing);

  /** Told of each near miss, once no more of its rule is left to apply. */
  void refused(NearMiss miss);
}
