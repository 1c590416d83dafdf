package engram.bench.step;

import engram.graph.Graph;
import engram.graph.Node;
import engram.plan.Observer;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One run of a plan, every value that it read and made as it was then. A value that several nodes
 * read, or that is seen under several shapes, is kept once.
 */
final class Capture implements Observer {
  private final Plan plan;
  private final Map<Tensor, Graph.Place> places;
  private final Map<Tensor, Integer> writes = new HashMap<>();
  private final Map<Key, Integer> known = new HashMap<>();
  private final Map<Tensor, float[]> before = new LinkedHashMap<>();
  private final List<float[]> values = new ArrayList<>();
  private final List<Graph.Place> stored = new ArrayList<>();
  private final List<Ran> steps = new ArrayList<>();
  private List<Operand> read = List.of();

  /** A piece of storage after so many writes to its root. */
  private record Key(Graph.Place place, int writes) {}

  /**
   * A tensor as a step saw it.
   *
   * @param value number of its value, see {@link Capture#value}
   */
  record Operand(Tensor tensor, int value) {}

  /**
   * A step that ran.
   *
   * @param updated the operands that it overwrites, as they were afterwards
   */
  record Ran(Node node, List<Operand> inputs, List<Operand> outputs, List<Operand> updated) {}

  private Capture(Plan plan) {
    this.plan = plan;
    places = plan.memory().places();
    for (Tensor external : plan.graph().externals()) {
      before.put(external, plan.buffer(external).read());
    }
  }

  /**
   * Runs a plan once.
   *
   * @param run runs it and shows each of its steps, such as {@code plan::run}
   */
  static Capture of(Plan plan, Consumer<Observer> run) {
    Capture capture = new Capture(plan);
    run.accept(capture);
    return capture;
  }

  @Override
  public void before(Node node) {
    read = operands(node.inputs());
  }

  @Override
  public void after(Node node) {
    node.written().stream()
        .map(this::root)
        .distinct()
        .forEach(t -> writes.merge(t, 1, Integer::sum));
    steps.add(new Ran(node, read, operands(node.outputs()), operands(node.updated())));
  }

  private List<Operand> operands(List<Tensor> tensors) {
    return tensors.stream().map(tensor -> new Operand(tensor, number(tensor))).toList();
  }

  private int number(Tensor tensor) {
    Graph.Place place = Objects.requireNonNull(places.get(tensor));
    Key key = new Key(place, writes.getOrDefault(place.root(), 0));
    return known.computeIfAbsent(
        key,
        unseen -> {
          values.add(plan.buffer(tensor).read());
          stored.add(place);
          return values.size() - 1;
        });
  }

  private Tensor root(Tensor tensor) {
    return Objects.requireNonNull(places.get(tensor)).root();
  }

  /** The steps in the order in which they ran. */
  List<Ran> steps() {
    return steps;
  }

  /** All elements of value {@code number}. */
  float[] value(int number) {
    return values.get(number);
  }

  /** Where value {@code number} lay. */
  Graph.Place place(int number) {
    return stored.get(number);
  }

  /** Number of values. */
  int size() {
    return values.size();
  }

  /** What came from outside, as it was before the run. */
  Map<Tensor, float[]> before() {
    return before;
  }

  Plan plan() {
    return plan;
  }
}
