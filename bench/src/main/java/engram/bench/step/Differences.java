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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Finite differences of the loss: (loss(p + h) - loss(p - h)) / 2h with h = 1e-6, in double
 * precision, by the definitions of the ops as they were recorded. Of each parameter some elements,
 * fewer where a forward pass costs more.
 */
final class Differences {
  private static final double STEP = 1e-6;

  /** Elements of each parameter, at most. */
  private static final int MOST = 20;

  /** Operations for all parameters together; about a second on two processors. */
  private static final double BUDGET = 2e9;

  /** Copies of all values that are worth having, one for each processor. */
  private static final int MOST_COPIES = 4;

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
    Differences first = new Differences(recording, externals);
    List<Wanted> wanted = first.wanted(gradients, elements);
    int copies = Math.min(MOST_COPIES, Runtime.getRuntime().availableProcessors());
    return IntStream.range(0, copies)
        .parallel()
        .mapToObj(
            copy -> {
              Differences own = copy == 0 ? first : new Differences(recording, externals);
              return IntStream.range(0, wanted.size())
                  .filter(i -> i % copies == copy)
                  .mapToObj(i -> own.of(wanted.get(i)))
                  .flatMap(List::stream)
                  .toList();
            })
        .flatMap(List::stream)
        .toList();
  }

  /** Elements of a parameter for which there is time, and the nodes that depend on it. */
  private record Wanted(
      Tensor parameter, Tensor gradient, int count, int elements, List<Node> dependent) {
    /** Operations for one element. */
    double cost() {
      return Math.max(1, 2 * dependent.stream().mapToDouble(Differences::flops).sum());
    }
  }

  /** The cheapest parameters first; what they leave of the budget is for the others. */
  private List<Wanted> wanted(Map<Tensor, Tensor> gradients, ToIntFunction<Tensor> elements) {
    List<Wanted> byCost = new ArrayList<>();
    gradients.forEach(
        (parameter, gradient) ->
            byCost.add(
                new Wanted(
                    parameter,
                    gradient,
                    0,
                    elements.applyAsInt(gradient),
                    dependingOn(parameter))));
    byCost.sort(Comparator.comparingDouble(Wanted::cost));
    List<Wanted> wanted = new ArrayList<>();
    double left = BUDGET;
    for (Wanted one : byCost) {
      double share = left / (byCost.size() - wanted.size());
      int least = left >= one.cost() ? 1 : 0;
      int count = (int) Math.min(Math.min(MOST, one.elements), share / one.cost());
      count = Math.max(least, count);
      left -= count * one.cost();
      wanted.add(new Wanted(one.parameter, one.gradient, count, one.elements, one.dependent));
    }
    return wanted;
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

  private List<Entry> of(Wanted wanted) {
    Values at = Objects.requireNonNull(values.get(wanted.parameter));
    List<Entry> entries = new ArrayList<>();
    for (int index : sample(wanted.count, wanted.elements, wanted.parameter)) {
      double value = at.get(index);
      at.set(index, value + STEP);
      double above = lossOf(wanted.dependent);
      at.set(index, value - STEP);
      double below = lossOf(wanted.dependent);
      at.set(index, value);
      double numeric = (above - below) / (2 * STEP);
      entries.add(new Entry(wanted.parameter, wanted.gradient, index, numeric));
    }
    run(wanted.dependent);
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
