package engram.learn.api;

import engram.graph.Graph;
import engram.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Chapter 6: where the values between the nodes lie, and for how long. */
public final class Memory {
  private Memory() {}

  /**
   * When storage is in use, counted in nodes.
   *
   * @param first number of the node that makes the value, from 0
   * @param last number of the last node that reads it; the number of nodes in the graph if it is
   *     wanted after the run
   */
  public record Life(int first, int last) {}

  /** From which node to which each value lives. */
  public interface Lifetimes {
    /**
     * @return the life of each tensor that has storage in the arena: of all that a node makes, but
     *     for views, which have that of another tensor
     */
    Map<Tensor, Life> lives(Graph graph);
  }

  /**
   * Storage that is to be given a place.
   *
   * @param size in elements
   */
  public record Block(int size, Life life) {}

  /** A place for each block, in one array that is as short as can be. */
  public interface Packing {
    /**
     * @param blocks in the order in which they are made
     * @return where each one begins, in elements from the start of the array, in the same order
     */
    int[] offsets(List<Block> blocks);
  }
}
