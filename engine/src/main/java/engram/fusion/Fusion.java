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
 * nodes than it gives, moves a node one way only, or leaves one convolution less whose result is
 * normalised, so the end is always reached.
 */
public final class Fusion {
  private Fusion() {}

  /** The table, in the order in which rules are tried. */
  public static final List<Rule> RULES =
      List.of(
          new PoolBeforeActivation(),
          new SumBeforeUnpooling(),
          new ConvolutionBelowPooling(),
          Rule.of("add_bias(matmul(x, w^T), b) -> linear(x, w, b)", Epilogue::biasOfProduct),
          Rule.of("add_bias(conv2d(x, w), b) -> fused_conv2d(x, w, b)", Epilogue::bias),
          new FoldedNormalisation(),
          Rule.of("max_pool2d(fused_conv2d(x, w, b)) -> fused_conv2d with pooling", Epilogue::pool),
          Rule.of(
              "add(fused_conv2d(x, w, b), r) -> fused_conv2d with a residual", Epilogue::residual),
          Rule.of(
              "relu(fused_conv2d(x, w, b)) -> fused_conv2d with its slope, leaky or not",
              Epilogue::activation),
          Rule.of(
              "relu(batch_norm(x)) -> fused_batch_norm(x), leaky or not",
              NormalisationEpilogue::activation),
          Rule.of(
              "relu(add(batch_norm(x), r)) -> fused_batch_norm(x, r), leaky or not",
              NormalisationEpilogue::residual),
          Rule.of(
              "gradients of batch_norm by relu.gradient(fused_batch_norm(x), dy) -> by dy",
              NormalisationEpilogue::gradients));

  /** The graph with all that can be fused fused; it computes the same but for rounding. */
  public static Graph rewrite(Graph graph) {
    return rewrite(graph, new Nobody());
  }

  /** The same, and shows each rule that is applied and each that just was not. */
  public static Graph rewrite(Graph graph, FusionListener listener) {
    Graph current = graph.withoutDeadNodes();
    for (Rule rule : RULES) {
      Optional<Graph> next = once(rule, current, listener);
      while (next.isPresent()) {
        current = next.get();
        next = once(rule, current, listener);
      }
    }
    return current;
  }

  private static final class Nobody implements FusionListener {
    @Override
    public void fired(Firing firing) {}

    @Override
    public void refused(NearMiss miss) {}
  }

  /**
   * Applies a rule at the first place where it can be; tells of near misses where there is none.
   */
  private static Optional<Graph> once(Rule rule, Graph graph, FusionListener listener) {
    Site site = new Site(graph);
    List<FusionListener.NearMiss> misses = new ArrayList<>();
    for (Node node : graph.nodes()) {
      switch (rule.match(site, node)) {
        case Match.Found(Rewrite rewrite) -> {
          Optional<String> refusal = whyNot(graph, rewrite);
          if (refusal.isEmpty()) {
            return Optional.of(apply(rule, graph, rewrite, listener));
          }
          misses.add(new FusionListener.NearMiss(rule, node, refusal.get()));
        }
        case Match.Refused(String why) -> misses.add(new FusionListener.NearMiss(rule, node, why));
        case Match.None() -> {}
      }
    }
    misses.forEach(listener::refused);
    return Optional.empty();
  }

  private static Graph apply(Rule rule, Graph graph, Rewrite rewrite, FusionListener listener) {
    List<Node> taken = new ArrayList<>(graph.nodes());
    taken.retainAll(rewrite.replacements().keySet());
    List<Node> given = taken.stream().flatMap(node -> replaced(rewrite, node).stream()).toList();
    Graph after = graph.withNodes(nodes(graph, rewrite)).withoutDeadNodes();
    listener.fired(new FusionListener.Firing(rule, taken, given, after));
    return after;
  }

  private static List<Node> replaced(Rewrite rewrite, Node node) {
    return rewrite.replacements().getOrDefault(node, List.of(node));
  }

  private static List<Node> nodes(Graph graph, Rewrite rewrite) {
    return graph.nodes().stream().flatMap(node -> replaced(rewrite, node).stream()).toList();
  }

  /** Why a change must not be: a value would be read too early or after it was overwritten. */
  private static Optional<String> whyNot(Graph graph, Rewrite rewrite) {
    return Match.first(
        Match.require(
            isOrdered(graph.externals(), nodes(graph, rewrite)),
            "a value would be read before it is made"),
        () ->
            Match.require(
                !meetsUpdate(graph, rewrite.replacements().keySet()),
                "an operand is overwritten between the first and the last of the nodes"));
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

  /**
   * Whether between the first and the last of {@code moved} another node updates one of their
   * operands, or sees one that they update.
   */
  private static boolean meetsUpdate(Graph graph, Set<Node> moved) {
    Map<Tensor, Graph.Place> places = graph.places();
    Set<Tensor> read = new HashSet<>();
    Set<Tensor> updated = new HashSet<>();
    int first = graph.nodes().size();
    int last = -1;
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      if (moved.contains(node)) {
        first = Math.min(first, i);
        last = i;
        node.inputs().forEach(input -> read.add(root(places, input)));
        node.updated().forEach(input -> updated.add(root(places, input)));
      }
    }
    return graph.nodes().subList(first, last + 1).stream()
        .filter(node -> !moved.contains(node))
        .anyMatch(
            node ->
                node.updated().stream().anyMatch(tensor -> read.contains(root(places, tensor)))
                    || node.inputs().stream()
                        .anyMatch(tensor -> updated.contains(root(places, tensor))));
  }

  private static Tensor root(Map<Tensor, Graph.Place> places, Tensor tensor) {
    return Objects.requireNonNull(places.get(tensor), "a tensor of the graph has a place").root();
  }
}
