package engram.inspect;

import static java.util.Objects.requireNonNull;

import engram.graph.Graph;
import engram.graph.Node;
import engram.op.View;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs one graph on two backends side by side, step by step, and compares every value that both
 * make. The second plan gets the first one's values before each step, so that an error is seen
 * where it arises and not where it arrives. Steps that the second plan runs as one are compared
 * alone and together.
 */
public final class BackendComparison {

  /**
   * The worst element of the results of one step, or of several that run as one.
   *
   * @param nodes in order
   */
  public record Row(List<Node> nodes, Difference worst) {
    public Row {
      nodes = List.copyOf(nodes);
    }

    /** Names of the ops, such as {@code matmul + leaky_relu.gradient}. */
    public String name() {
      return nodes.stream().map(node -> node.op().name()).collect(Collectors.joining(" + "));
    }
  }

  private final Plan expected;
  private final Plan received;
  private final Map<Tensor, Graph.Place> places;
  private final Map<Node, Together> together = new HashMap<>();
  private final List<Row> rows = new ArrayList<>();

  /** Steps that run as one, and what the trusted backend gave them and made of it so far. */
  private record Together(
      List<Node> nodes, Map<Tensor, float[]> inputs, Map<Tensor, float[]> results, Set<Node> ran) {
    Together(List<Node> nodes) {
      this(nodes, new LinkedHashMap<>(), new LinkedHashMap<>(), new HashSet<>());
    }

    /** All that the steps make, but for what they update. */
    Stream<Tensor> outputs() {
      return nodes.stream().flatMap(node -> node.outputs().stream());
    }
  }

  private BackendComparison(Plan expected, Plan received) {
    this.expected = expected;
    this.received = received;
    places = received.graph().places();
    for (List<Node> group : received.groups()) {
      Together together = new Together(group);
      group.forEach(node -> this.together.put(node, together));
    }
  }

  /**
   * @param expected plan on the trusted backend, its externals filled
   * @param received plan of the same graph on the other backend, which may take its steps in
   *     another order
   * @return a row for each step, in the order of {@code expected}, and behind the last of those
   *     that run as one a row for all of them
   */
  public static List<Row> compare(Plan expected, Plan received) {
    Map<Node, Integer> order = new HashMap<>();
    for (int i = 0; i < received.steps().size(); i++) {
      order.put(received.steps().get(i), i);
    }
    if (!order.keySet().equals(Set.copyOf(expected.steps()))) {
      throw new IllegalArgumentException("the two plans do not run the same graph");
    }
    BackendComparison comparison = new BackendComparison(expected, received);
    for (int i = 0; i < expected.steps().size(); i++) {
      comparison.step(i, requireNonNull(order.get(expected.steps().get(i))));
    }
    return comparison.rows;
  }

  private void step(int here, int there) {
    Node node = expected.steps().get(here);
    Map<Tensor, float[]> inputs = new LinkedHashMap<>();
    node.inputs().forEach(input -> inputs.put(input, expected.buffer(input).read()));
    inputs.forEach((input, values) -> received.buffer(input).write(values));
    node.outputs().forEach(this::poison);
    expected.run(here, here + 1, ignored -> {});
    received.run(there, there + 1, ignored -> {});
    Map<Tensor, float[]> results = new LinkedHashMap<>();
    node.written().forEach(result -> results.put(result, expected.buffer(result).read()));
    rows.add(new Row(List.of(node), worst(results)));
    Together group = together.get(node);
    if (group != null) {
      inputs.keySet().removeIf(input -> isMadeBy(group, input));
      inputs.forEach(group.inputs::putIfAbsent);
      group.results.putAll(results);
      group.ran.add(node);
      if (group.ran.size() == group.nodes.size()) {
        together(group);
      }
    }
  }

  /** Runs steps as one, on the inputs that they had when they ran one by one. */
  private void together(Together group) {
    group.outputs().forEach(this::poison);
    group.inputs.forEach((input, values) -> received.buffer(input).write(values));
    received.runTogether(group.nodes);
    group.results.keySet().removeIf(result -> !isSeenOutside(group.nodes, result));
    rows.add(new Row(group.nodes, worst(group.results)));
  }

  private void poison(Tensor output) {
    CaseRun.poison(received.buffer(output), output.shape());
  }

  /** Whether a step of the group that has run made {@code tensor} or a part of it. */
  private boolean isMadeBy(Together group, Tensor tensor) {
    return group.ran.stream()
        .flatMap(node -> node.written().stream())
        .anyMatch(made -> root(made).equals(root(tensor)));
  }

  /**
   * Whether anything but the steps of a group looks at {@code tensor}; if not, it may not exist.
   */
  private boolean isSeenOutside(List<Node> group, Tensor tensor) {
    Graph graph = received.graph();
    return Stream.concat(
            Stream.concat(graph.externals().stream(), graph.kept().stream()),
            graph.nodes().stream()
                .filter(node -> !group.contains(node) && !(node.op() instanceof View))
                .flatMap(node -> node.inputs().stream()))
        .anyMatch(seen -> root(seen).equals(root(tensor)));
  }

  private Tensor root(Tensor tensor) {
    return requireNonNull(places.get(tensor)).root();
  }

  /** The worst element of what the second plan made of it. */
  private Difference worst(Map<Tensor, float[]> results) {
    return results.entrySet().stream()
        .map(result -> difference(result.getValue(), received.buffer(result.getKey()).read()))
        .reduce(new Difference(0, 0, 0, 0), BackendComparison::worse);
  }

  /**
   * As {@link Difference#worst}; but of indices of maxima, which are whole numbers, the error is
   * the share that differs: where two numbers are equal but for rounding either index is right.
   */
  private static Difference difference(float[] expected, float[] received) {
    Difference worst = Difference.worst(expected, received);
    if (worst.error() == 0 || !wholeNumbers(expected) || !wholeNumbers(received)) {
      return worst;
    }
    int differing = 0;
    for (int i = 0; i < expected.length; i++) {
      differing += expected[i] == received[i] ? 0 : 1;
    }
    double share = (double) differing / expected.length;
    return new Difference(worst.index(), worst.expected(), worst.received(), share);
  }

  private static boolean wholeNumbers(float[] values) {
    for (float value : values) {
      if (value != Math.rint(value) || Float.isInfinite(value)) {
        return false;
      }
    }
    return true;
  }

  private static Difference worse(Difference a, Difference b) {
    return b.error() > a.error() ? b : a;
  }

  /** For each row the worse of two comparisons of the same graph. */
  public static List<Row> worse(List<Row> a, List<Row> b) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      rows.add(new Row(a.get(i).nodes(), worse(a.get(i).worst(), b.get(i).worst())));
    }
    return rows;
  }

  /** The first row whose results differ by more than {@code tolerance}. */
  public static Optional<Row> firstDivergence(List<Row> rows, double tolerance) {
    return rows.stream().filter(row -> row.worst().error() > tolerance).findFirst();
  }
}
