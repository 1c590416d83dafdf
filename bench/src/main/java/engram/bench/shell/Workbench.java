package engram.bench.shell;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.base.WholeFile;
import engram.fusion.Fusion;
import engram.graph.Autograd;
import engram.graph.Graph;
import engram.graph.Node;
import engram.graph.Tape;
import engram.inspect.Flow;
import engram.inspect.GraphPicture;
import engram.inspect.OpCheck;
import engram.inspect.Stepper;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.LeakyRelu;
import engram.nn.layer.Linear;
import engram.nn.train.Examples;
import engram.nn.train.Objective;
import engram.nn.train.ObjectiveCheck;
import engram.op.Op;
import engram.plan.MemoryPlan;
import engram.plan.Plan;
import engram.random.CounterRandom;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the helpers of {@code engram shell} work on: one tape, and numbers for its inputs. */
public final class Workbench {
  private final Backend backend;
  private final PrintStream out;
  private Tape tape = new Tape();
  private final Map<Tensor, float[]> numbers = new HashMap<>();
  private Optional<Stepper> stepper = Optional.empty();
  private int steppedNodes;

  /**
   * @param backend computes what is shown
   * @param out takes what is shown
   */
  public Workbench(Backend backend, PrintStream out) {
    this.backend = backend;
    this.out = out;
  }

  /** The tape that is recorded on. */
  public Tape tape() {
    return tape;
  }

  /** Forgets everything and returns a new tape. */
  public Tape reset() {
    tape = new Tape();
    numbers.clear();
    stepper = Optional.empty();
    return tape;
  }

  /**
   * A tensor with numbers from outside.
   *
   * @param values row after row; none for standard normal ones, always the same for a name
   */
  public Tensor input(String name, Shape shape, double... values) {
    float[] given = new float[shape.elements()];
    if (values.length != 0 && values.length != given.length) {
      throw new IllegalArgumentException(
          "input: shape %s has %d elements, but %d values were given"
              .formatted(shape, given.length, values.length));
    }
    CounterRandom random = CounterRandom.of(1, name);
    for (int i = 0; i < given.length; i++) {
      given[i] = (float) (values.length == 0 ? random.normal(i) : values[i]);
    }
    Tensor tensor = tape.input(name, shape);
    numbers.put(tensor, given);
    return tensor;
  }

  /** Appends the backward pass of a loss [1] and returns the gradient of each tensor, in order. */
  public List<Tensor> gradients(Tensor loss, Tensor... of) {
    return Autograd.gradients(tape, loss, List.of(of));
  }

  /** Computes a tensor from what was recorded so far and prints it. */
  public void show(Tensor tensor) {
    tape.keep(tensor);
    Plan plan = plan(tape.graph());
    plan.run();
    backend.finish();
    print(tensor, plan.buffer(tensor).read());
  }

  private void print(Tensor tensor, float[] values) {
    out.println(tensor);
    out.print(Numbers.table(tensor.shape(), values));
  }

  private Plan plan(Graph graph) {
    Plan plan = Plan.compile(graph, backend, Map.of());
    numbers.forEach((tensor, values) -> plan.buffer(tensor).write(values));
    return plan;
  }

  /** Runs the next node and prints it with its result; begins anew when nodes were recorded. */
  public void step() {
    Graph graph = tape.graph();
    if (stepper.isEmpty() || steppedNodes != graph.nodes().size()) {
      stepper = Optional.of(new Stepper(plan(keepingAll(graph))));
      steppedNodes = graph.nodes().size();
    }
    Stepper current = stepper.get();
    int last = current.stepCount();
    if (current.position() == last) {
      out.println("all " + last + " nodes have run; record more, or reset()");
      return;
    }
    Node node = current.step();
    out.println(current.position() + "/" + last + " " + node);
    node.outputs()
        .forEach(output -> out.print(Numbers.table(output.shape(), current.value(output))));
  }

  private static Graph keepingAll(Graph graph) {
    graph.nodes().forEach(node -> graph.kept().addAll(node.outputs()));
    return graph;
  }

  /** Prints every node as recorded. */
  public void graph() {
    out.print(tape.graph());
  }

  /** Prints the nodes that run after fusion. */
  public void fused() {
    out.print(Fusion.rewrite(tape.graph()));
  }

  /** Prints where each value of the fused graph lies in the arena. */
  public void plan() {
    MemoryPlan plan = MemoryPlan.of(Fusion.rewrite(tape.graph()));
    plan.arena().entrySet().stream()
        .sorted(Map.Entry.comparingByKey((a, b) -> Integer.compare(a.id(), b.id())))
        .forEach(
            entry ->
                out.printf(
                    "%6d ... %6d  %s%n",
                    entry.getValue(),
                    entry.getValue() + entry.getKey().shape().elements() - 1,
                    entry.getKey()));
    int made = plan.arena().keySet().stream().mapToInt(tensor -> tensor.shape().elements()).sum();
    out.printf("arena: %d numbers for %d that are made%n", plan.arenaElements(), made);
  }

  /** Writes the graph as a picture and prints where. */
  public void draw(String file) throws IOException {
    String svg = GraphPicture.svg(Flow.of(tape.graph()));
    Path target = Path.of(file);
    WholeFile.write(target, to -> to.write(svg.getBytes(StandardCharsets.UTF_8)));
    out.println("drawn to " + target);
  }

  /** Checks an op on its cases: gradient, and this shell's device against the definition. */
  public void check(Op op) {
    List<String> faults = OpCheck.faults(op, backend);
    faults.forEach(out::println);
    if (faults.isEmpty()) {
      out.printf("%s: right on all %d cases%n", op.name(), op.cases().size());
    }
  }

  /** Checks the gradients of a loss on a small network: 2 inputs, 4 features, 3 classes. */
  public void check(Objective objective) {
    Sequential model =
        Sequential.of(
            Shape.shape(2), new Linear(2, 4), new LeakyRelu(0.1f), new Linear(4, 3).named("fc"));
    float[][] rows = {{0.5f, -1}, {1, 0.25f}, {-0.75f, 0.5f}, {0.1f, 0.9f}};
    Examples batch = Examples.of(rows, 0, 1, 2, 1);
    try (Backend exact = new ReferenceBackend()) {
      List<ObjectiveCheck.Entry> entries =
          ObjectiveCheck.of(Network.create(model, exact, 1), objective, batch);
      ObjectiveCheck.Entry worst =
          entries.stream().max((a, b) -> Double.compare(a.error(), b.error())).orElseThrow();
      out.printf("%d gradients, worst: %s%n", entries.size(), worst);
    }
  }
}
