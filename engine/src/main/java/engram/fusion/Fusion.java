package engram.fusion;

import engram.graph.Graph;
import engram.graph.Node;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Applies the rewrite table to a recorded graph, forward and backward pass alike, until no rule
 * matches.
 *
 * <p>A tensor that someone else reads, or that is kept, is never fused away. Each rule takes more
 * nodes than it gives or moves a node one way only, so the end is always reached.
 */
public final class Fusion {
  private Fusion() {}

  /** The table, in the order in which rules are tried. */
  public static final List<Rule> RULES =
      List.of(
          new PoolBeforeActivation(),
          new SumBeforeUnpooling(),
          new ConvolutionBelowPooling(),
          Epilogue::biasOfProduct,
          Epilogue::bias,
          Epilogue::pool,
          Epilogue::activation);

  /** The graph with all that can be fused fused; it computes the same. */
  public static Graph rewrite(Graph graph) {
    Graph current = graph.withoutDeadNodes();
    for (Rule rule : RULES) {
      Optional<Graph> next = once(rule, current);
      while (next.isPresent()) {
        current = next.get().withoutDeadNodes();
        next = once(rule, current);
      }
    }
    return current;
  }

  private static Optional<Graph> once(Rule rule, Graph graph) {
    Site site = new Site(graph);
    return graph.nodes().stream()
        .flatMap(node -> rule.match(site, node).stream())
        .flatMap(rewrite -> apply(graph, rewrite).stream())
        .findFirst();
  }

  /** The changed graph; empty if a value would be read too early or after it was overwritten. */
  private static Optional<Graph> apply(Graph graph, Rewrite rewrite) {
    Map<Node, List<Node>> replacements = rewrite.replacements();
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      nodes.addAll(replacements.getOrDefault(node, List.of(node)));
    }
    return isOrdered(graph.externals(), nodes) && !meetsUpdate(graph, replacements.keySet())
        ? Optional.of(graph.withNodes(nodes))
        : Optional.empty();
  }

  private static boolean isOrdered(List<Tensor> externals, List<Node> nodes) {
    Set<Tensor> made = new HashSet<>(externals);
    for (Node node : nodes) {
      if (!made.containsAll(node.inputs())) {
        return false;
      }
      made.addAll(node.outputs());
    }
    return true;
  }

  /** Whether between the first and the last of {@code moved} one of their operands is updated. */
  private static boolean meetsUpdate(Graph graph, Set<Node> moved) {
    Map<Tensor, Graph.Place> places = graph.places();
    Set<Tensor> read = new HashSet<>();
    int first = graph.nodes().size();
    int last = -1;
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      if (moved.contains(node)) {
        first = Math.min(first, i);
        last = i;
        node.inputs().forEach(input -> read.add(root(places, input)));
      }
    }
    return graph.nodes().subList(first, last + 1).stream()
        .flatMap(node -> node.updated().stream())
        .anyMatch(updated -> read.contains(root(places, updated)));
  }

  private static Tensor root(Map<Tensor, Graph.Place> places, Tensor tensor) {
    return Objects.requireNonNull(places.get(tensor), "a tensor of the graph has a place").root();
  }
}
