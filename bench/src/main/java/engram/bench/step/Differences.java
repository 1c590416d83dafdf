package engram.bench.step;

import engram.graph.BackwardFrame;
import engram.graph.Graph;
import engram.graph.Node;
import engram.nn.train.Recording;
import engram.op.Values;
import engram.op.View;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Finite differences of the loss: (loss(p + h) - loss(p - h)) / 2h with h = 1e-6, in double
 * precision, by the definitions of the ops as they were recorded. Of each parameter some elements,
 * fewer where a forward pass costs more.
 */
final class Differences {
  private static final double STEP = 1e-6;

  /** Elements of each parameter, at most. */
  private static final int MOST = 20;

  /** Operations for all parameters together; a second or two. */
  private static final double BUDGET = 1e9;

  /**
   * One element.
   *
   * @param gradient the tensor of the recorded graph that holds the whole gradient of the parameter
   * @param numeric what it should be
   */
  record Entry(Tensor parameter, Tensor gradient, int index, double numeric) {}

  private final Graph graph;
  private final Tensor loss;
  private final Map<Tensor, Graph.Place> places;
  private final Map<Tensor, Values> values = new HashMap<>();
  private final List<Node> forward;

  private Differences(Recording recording, Map<Tensor, float[]> externals) {
    graph = recording.graph();
    places = graph.places();
    loss = recording.walk().getFirst().node().output();
    forward = leadingTo(loss);
    externals.forEach(
        (tensor, floats) -> {
          Values doubles = Values.zeros(tensor.shape());
          for (int i = 0; i < floats.length; i++) {
            doubles.set(i, floats[i]);
          }
          values.put(tensor, doubles);
        });
    run(forward);
  }

  /**
   * Differences for the parameters of a step.
   *
   * @param externals what came from outside, as it was before the step
   * @param elements number of elements of a gradient that may be asked for, from the first on
   */
  static List<Entry> of(
      Recording recording, Map<Tensor, float[]> externals, ToIntFunction<Tensor> elements) {
    Map<Tensor, Tensor> gradients = gradients(recording.walk());
    if (gradients.isEmpty()) {
      return List.of();
    }
    Differences differences = new Differences(recording, externals);
    List<Entry> entries = new ArrayList<>();
    gradients.forEach(
        (parameter, gradient) ->
            entries.addAll(
                differences.of(
                    parameter, gradient, elements.applyAsInt(gradient), gradients.size())));
    return entries;
  }

  /** The whole gradient of each tensor at which the first walk ended. */
  static Map<Tensor, Tensor> gradients(List<BackwardFrame> walk) {
    Set<Tensor> passed = new HashSet<>();
    Map<Tensor, Tensor> totals = new LinkedHashMap<>();
    for (BackwardFrame frame : walk) {
      if (!passed.add(frame.node().output())) {
        break; // a second backward pass of the same step
      }
      frame.leaving().forEach(c -> totals.put(c.operand(), c.total()));
    }
    totals.keySet().removeAll(passed);
    return totals;
  }

  private List<Entry> of(Tensor parameter, Tensor gradient, int elements, int parameters) {
    List<Node> dependent = dependingOn(parameter);
    double cost = 2 * dependent.stream().mapToDouble(Differences::flops).sum();
    int count = (int) Math.min(Math.min(MOST, elements), BUDGET / parameters / Math.max(1, cost));
    Values at = Objects.requireNonNull(values.get(parameter));
    List<Entry> entries = new ArrayList<>();
    for (int index : sample(count, elements, parameter)) {
      double value = at.get(index);
      at.set(index, value + STEP);
      double above = lossOf(dependent);
      at.set(index, value - STEP);
      double below = lossOf(dependent);
      at.set(index, value);
      entries.add(new Entry(parameter, gradient, index, (above - below) / (2 * STEP)));
    }
    run(dependent);
    return entries;
  }

  private static List<Integer> sample(int count, int elements, Tensor parameter) {
    CounterRandom random = CounterRandom.of(1, "differences").split(parameter.id());
    Set<Integer> chosen = new LinkedHashSet<>();
    for (int i = 0; chosen.size() < count; i++) {
      chosen.add((int) Math.min(elements - 1, (long) (random.uniform(i) * elements)));
    }
    return chosen.stream().sorted().toList();
  }

  private static double flops(Node node) {
    return node.op().cost(node.inputs().stream().map(Tensor::shape).toList()).flops();
  }

  private double lossOf(List<Node> nodes) {
    run(nodes);
    return Objects.requireNonNull(values.get(loss)).get(0);
  }

  private void run(List<Node> nodes) {
    for (Node node : nodes) {
      List<Values> in =
          node.inputs().stream().map(t -> Objects.requireNonNull(values.get(t))).toList();
      if (node.op() instanceof View view) {
        Values of = in.getFirst();
        values.put(
            node.output(), new Values(view.output(), of.data(), of.offset() + view.offset()));
      } else {
        node.op().reference(in, node.outputs().stream().map(this::room).toList());
      }
    }
  }

  private Values room(Tensor tensor) {
    return values.computeIfAbsent(tensor, made -> Values.zeros(made.shape()));
  }

  private List<Node> leadingTo(Tensor wanted) {
    Set<Tensor> needed = new HashSet<>(Set.of(wanted));
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes().reversed()) {
      if (node.phase() == Node.Phase.FORWARD
          && node.outputs().stream().anyMatch(needed::contains)) {
        nodes.add(node);
        needed.addAll(node.inputs());
      }
    }
    return nodes.reversed();
  }

  private List<Node> dependingOn(Tensor parameter) {
    Graph.Place changed = Objects.requireNonNull(places.get(parameter));
    Set<Tensor> touched = new HashSet<>();
    List<Node> nodes = new ArrayList<>();
    for (Node node : forward) {
      boolean reads =
          node.inputs().stream()
              .anyMatch(
                  in ->
                      touched.contains(in)
                          || changed.overlaps(Objects.requireNonNull(places.get(in))));
      if (reads && !(node.op() instanceof View)) {
        nodes.add(node);
        touched.addAll(node.outputs());
      } else if (reads && touched.contains(node.inputs().getFirst())) {
        touched.addAll(node.outputs());
      }
    }
    return nodes;
  }
}
