package engram.backend.opencl;

import engram.graph.Graph;
import engram.graph.Node;
import engram.op.Conv2d;
import engram.op.CrossEntropy;
import engram.op.LeakyRelu;
import engram.op.MatMul;
import engram.op.One;
import engram.op.PooledConv2d;
import engram.op.SumRows;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds steps that one kernel can do: a product and the gradient of a leaky ReLU behind it, a
 * weight gradient and the bias gradient beside it, a loss and its gradient.
 */
final class StepGroups {
  private final Graph graph;
  private final List<Node> steps;
  private final Map<Tensor, Graph.Place> places;

  private StepGroups(Graph graph, List<Node> steps) {
    this.graph = graph;
    this.steps = steps;
    places = graph.places();
  }

  static List<List<Node>> of(Graph graph, List<Node> steps) {
    StepGroups finder = new StepGroups(graph, steps);
    List<List<Node>> groups = new ArrayList<>();
    Set<Node> taken = new HashSet<>();
    for (Node step : steps) {
      List<Node> group = new ArrayList<>(finder.partners(step));
      group.add(step);
      if (group.size() > 1 && group.stream().noneMatch(taken::contains)) {
        group.sort(Comparator.comparingInt(steps::indexOf));
        groups.add(group);
        taken.addAll(group);
      }
    }
    return groups;
  }

  private List<Node> partners(Node step) {
    return switch (step.op()) {
      case LeakyRelu.Gradient _ -> product(step.inputs().get(1)).map(List::of).orElse(List.of());
      case Conv2d.WeightGradient _ -> sumOf(step.inputs().get(1));
      case PooledConv2d.WeightGradient _ -> sumOf(step.inputs().get(2));
      case MatMul matMul when matMul.transposeA() && !matMul.transposeB() ->
          sumOf(step.inputs().get(0));
      case CrossEntropy.Gradient _ -> loss(step.inputs().get(0), step.inputs().get(2));
      default -> List.of();
    };
  }

  /** The product that makes {@code tensor} for one reader alone. */
  private Optional<Node> product(Tensor tensor) {
    return onlyFor(tensor)
        .filter(
            node ->
                switch (node.op()) {
                  case MatMul matMul -> !matMul.transposeB();
                  case Conv2d.InputGradient _, PooledConv2d.InputGradient _ -> true;
                  default -> false;
                });
  }

  /** The sum over the rows of the matrix that {@code tensor} is. */
  private List<Node> sumOf(Tensor tensor) {
    return steps.stream()
        .filter(
            node -> node.op() instanceof SumRows && isSameMatrix(node.inputs().getFirst(), tensor))
        .findFirst()
        .map(List::of)
        .orElse(List.of());
  }

  /** The loss that makes {@code byProduct}, and the one that {@code seed} is. */
  private List<Node> loss(Tensor byProduct, Tensor seed) {
    Optional<Node> one = onlyFor(seed).filter(node -> node.op() instanceof One);
    Optional<Node> loss =
        graph.producer(byProduct).filter(node -> node.outputs().contains(byProduct));
    return one.isPresent() && loss.isPresent() ? List.of(loss.get(), one.get()) : List.of();
  }

  /** The step that makes {@code tensor}, if one step alone reads it and nobody keeps it. */
  private Optional<Node> onlyFor(Tensor tensor) {
    Tensor root = root(tensor);
    long readers =
        steps.stream()
            .filter(step -> step.inputs().stream().anyMatch(input -> root(input).equals(root)))
            .count();
    boolean kept = graph.kept().stream().anyMatch(wanted -> root(wanted).equals(root));
    return readers == 1 && !kept && root.shape().elements() == tensor.shape().elements()
        ? graph.producer(root).filter(steps::contains)
        : Optional.empty();
  }

  private boolean isSameMatrix(Tensor a, Tensor b) {
    return Objects.equals(places.get(a), places.get(b))
        && a.shape().elements() == b.shape().elements()
        && a.shape().dim(-1) == b.shape().dim(-1);
  }

  private Tensor root(Tensor tensor) {
    return Objects.requireNonNull(places.get(tensor)).root();
  }
}
