package engram.fusion;

import engram.graph.Graph;
import engram.graph.Node;
import engram.op.Op;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The graph as a rule asks about it: the node that makes a tensor, and those that read it. */
public final class Site {
  private final Graph graph;
  private final Map<Tensor, Node> makers = new HashMap<>();
  private final Map<Tensor, List<Node>> readers = new HashMap<>();
  private int fresh;

  Site(Graph graph) {
    this.graph = graph;
    for (Node node : graph.nodes()) {
      for (Tensor input : node.inputs()) {
        readers.computeIfAbsent(input, key -> new ArrayList<>()).add(node);
      }
      for (Tensor output : node.outputs()) {
        makers.put(output, node);
        fresh = Math.max(fresh, output.id() + 1);
      }
    }
    for (Tensor external : graph.externals()) {
      fresh = Math.max(fresh, external.id() + 1);
    }
  }

  /** The node that makes {@code tensor}, if it applies an op of the given type. */
  Optional<Node> maker(Tensor tensor, Class<? extends Op> op) {
    return Optional.ofNullable(makers.get(tensor)).filter(node -> op.isInstance(node.op()));
  }

  /** The nodes that read {@code tensor}, in order. */
  List<Node> readers(Tensor tensor) {
    return readers.getOrDefault(tensor, List.of());
  }

  /**
   * Why {@code tensor} cannot be fused away into {@code readers}: it is wanted after the run, or
   * another node reads it; empty if nobody but these wants it.
   */
  Optional<String> wantedBesides(Tensor tensor, Node... readers) {
    String name = tensor.name() + "#" + tensor.id();
    if (graph.kept().contains(tensor)) {
      return Optional.of(name + " is kept, to be read after the run");
    }
    return readers(tensor).stream()
        .filter(reader -> !List.of(readers).contains(reader))
        .findFirst()
        .map(other -> "%s is read by %s, too".formatted(name, other.op().name() + made(other)));
  }

  private static String made(Node node) {
    return node.outputs().isEmpty()
        ? ""
        : " (" + node.output().name() + "#" + node.output().id() + ")";
  }

  /** A tensor that is not in the graph yet. */
  Tensor fresh(String name, Shape shape) {
    return new Tensor(fresh++, name, shape);
  }
}
