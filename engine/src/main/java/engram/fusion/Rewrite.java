package engram.fusion;

import engram.graph.Node;
import engram.op.Op;
import engram.tensor.Tensor;
import java.util.HashMap;
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
   * One node in place of several.
   *
   * @param removed the nodes before the last
   * @param last where the new node stands
   * @param outputs of the new node: all tensors of the old ones that are wanted elsewhere
   */
  static Rewrite fuse(
      List<Node> removed, Node last, Op op, List<Tensor> inputs, List<Tensor> outputs) {
    Map<Node, List<Node>> replacements = new HashMap<>();
    removed.forEach(node -> replacements.put(node, List.of()));
    replacements.put(last, List.of(new Node(op, inputs, outputs, last.phase())));
    return new Rewrite(replacements);
  }

  /** The same outputs from another op. */
  static Rewrite instead(Node node, Op op, Tensor... inputs) {
    return fuse(List.of(), node, op, List.of(inputs), node.outputs());
  }
}
