package engram.nn.train;

import engram.graph.BackwardFrame;
import engram.graph.Graph;
import java.util.List;

/**
 * A training step as it was recorded, before anything was fused.
 *
 * @param graph forward pass, backward pass and update
 * @param walk how the backward pass came to be, a frame for each forward node that it passed
 * @param fused whether the plan runs it with ops fused
 */
public record Recording(Graph graph, List<BackwardFrame> walk, boolean fused) {
  public Recording {
    walk = List.copyOf(walk);
  }
}
