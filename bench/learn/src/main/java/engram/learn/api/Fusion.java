package engram.learn.api;

import engram.fusion.Rewrite;
import engram.graph.Graph;
import engram.graph.Node;
import java.util.Optional;

/**
 * Chapter 5: fusion. Two nodes of a recorded graph give way to one that does the work of both, so
 * that the value between them is never written to memory.
 */
public final class Fusion {
  private Fusion() {}

  /** Why the value between two nodes cannot be done without, or made later. */
  public enum Refusal {
    /** A node other than the last reads it, directly or as a view. */
    READ_BY_ANOTHER,
    /** It is wanted after the run. */
    KEPT,
    /** What it is made of changes before the place where it would be made then. */
    OVERWRITTEN
  }

  /** What every rule has to ask before it fuses two nodes. */
  public interface Refusals {
    /**
     * @param first makes the value in question, {@code first.output()}
     * @param last reads that value; the one node would stand where this one stands
     * @return a reason why the two must stay two; empty if there is none
     */
    Optional<Refusal> refusal(Graph graph, Node first, Node last);
  }

  /** One line of the table of rewrites. */
  public interface Rule {
    /**
     * @param last any node of the graph; the last one of the pattern, if the pattern is there
     * @return which nodes give way to which; empty where there is nothing to fuse
     */
    Optional<Rewrite> match(Graph graph, Node last);
  }
}
