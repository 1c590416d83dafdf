package engram.fusion;

import engram.graph.Node;
import engram.op.Op;
import engram.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A change of a graph: each of some nodes gives way, where it stands, to a list of others, which
 * may be empty.
 */
public record Rewrite(Map<Node, List<Node>> replacements) {

  public Rewrite {
    replacements = Map.copyOf(replacements);
  }

  /**
   * One node in place of two.
   *
   * @param first goes away
   * @param last where the new node stands
   * @param outputs of the new node: all tensors of the old ones that are wanted elsewhere
   */
  static Rewrite fuse(Node first, Node last, Op op, List<Tensor> inputs, List<Tensor> outputs) {
    Node fused = new Node(op, inputs, outputs, last.phase());
    return new Rewrite(Map.of(first, List.of(), last, List.of(fused)));
  }
}
