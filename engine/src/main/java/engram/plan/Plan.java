package engram.plan;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.Step;
import engram.graph.Graph;
import engram.graph.Node;
import engram.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A graph made ready to run on a backend, again and again: storage is assigned and every op is
 * bound to its operands. Running it allocates nothing.
 */
public final class Plan {
  private final Graph graph;
  private final Backend backend;
  private final MemoryPlan memory;
  private final Map<Tensor, Buffer> roots = new HashMap<>();
  private final Buffer arena;
  private final Node[] nodes;
  private final boolean grouped;

  /** The kernels of {@link #run()}, one of which may do several steps. */
  private final Kernel[] together;

  /** One kernel for each step; where {@link #together} has fewer, bound when first asked for. */
  private Kernel[] single;

  private Plan(Graph graph, Backend backend, Map<Tensor, Buffer> bindings) {
    this.graph = graph.withoutDeadNodes();
    this.backend = backend;
    memory = MemoryPlan.of(this.graph, steps -> backend.groups(this.graph, steps));
    arena = backend.allocate(Math.max(1, memory.arenaElements()));
    for (Tensor external : graph.externals()) {
      Buffer bound = bindings.get(external);
      roots.put(external, bound == null ? backend.allocate(external.shape().elements()) : bound);
    }
    memory.arena().forEach((root, at) -> roots.put(root, arena.slice(at, root.shape().elements())));
    nodes = memory.steps().toArray(Node[]::new);
    grouped = memory.groups().stream().anyMatch(group -> group.size() > 1);
    single = grouped ? new Kernel[0] : bindOneByOne();
    together = grouped ? bindGroups() : single;
  }

  private Kernel[] bindOneByOne() {
    return Stream.of(nodes)
        .map(node -> backend.bind(node.op(), operands(node.inputs()), operands(node.outputs())))
        .toArray(Kernel[]::new);
  }

  private Kernel[] bindGroups() {
    return backend
        .bindGroups(memory.groups().stream().map(g -> g.stream().map(this::step).toList()).toList())
        .toArray(Kernel[]::new);
  }

  private Step step(Node node) {
    return new Step(node.op(), operands(node.inputs()), operands(node.outputs()));
  }

  private synchronized Kernel[] single() {
    if (single.length < nodes.length) {
      single = bindOneByOne();
    }
    return single;
  }

  /**
   * Plans a graph.
   *
   * @param bindings storage for externals that several plans share, such as parameters; other
   *     externals get storage of their own, zeros at first
   */
  public static Plan compile(Graph graph, Backend backend, Map<Tensor, Buffer> bindings) {
    return new Plan(graph, backend, bindings);
  }

  private List<Operand> operands(List<Tensor> tensors) {
    return tensors.stream().map(tensor -> new Operand(tensor.shape(), buffer(tensor))).toList();
  }

  /**
   * Storage of a tensor. That of externals and kept tensors may be read and written between runs;
   * that of others holds their value only from the step that makes it to the last that reads it.
   */
  public Buffer buffer(Tensor tensor) {
    Graph.Place place = memory.places().get(tensor);
    if (place == null) {
      throw new IllegalArgumentException("plan: " + tensor + " is not part of this graph");
    }
    return Objects.requireNonNull(roots.get(place.root()))
        .slice(place.offset(), tensor.shape().elements());
  }

  /** Runs all steps in order; a backend may do several as one. */
  public void run() {
    for (Kernel kernel : together) {
      kernel.run();
    }
  }

  /** Runs all steps in order, each by itself, and shows each to {@code observer}. */
  public void run(Observer observer) {
    run(0, nodes.length, observer);
  }

  /** Runs steps {@code from} to {@code to - 1}, numbered as in {@link #steps}. */
  public void run(int from, int to, Observer observer) {
    Kernel[] kernels = single();
    for (int i = from; i < to; i++) {
      observer.before(nodes[i]);
      kernels[i].run();
      observer.after(nodes[i]);
    }
  }

  /** The nodes that have a kernel, in the order in which they run. */
  public List<Node> steps() {
    return memory.steps();
  }

  /** Those of the steps that {@link #run()} does as one, two or more at a time. */
  public List<List<Node>> groups() {
    return memory.groups().stream().filter(group -> group.size() > 1).toList();
  }

  /** Runs the steps of one of the {@link #groups} as one, and nothing else; waits for it. */
  public void runTogether(List<Node> group) {
    List<Kernel> kernels = backend.bindGroups(List.of(group.stream().map(this::step).toList()));
    kernels.forEach(Kernel::run);
    backend.finish();
  }

  /** The kernel of step {@code index}. */
  public Kernel kernel(int index) {
    return single()[index];
  }

  /** What one run of the whole plan starts on the device, one after the other. */
  public List<Kernel> launches() {
    return Stream.of(together).flatMap(kernel -> kernel.launches().stream()).toList();
  }

  /** Where this plan runs. */
  public Backend backend() {
    return backend;
  }

  /** The graph that this plan runs. */
  public Graph graph() {
    return graph;
  }

  /** Where each tensor lies, and when it is in use. */
  public MemoryPlan memory() {
    return memory;
  }

  /** Elements of float32 that all intermediate values take together. */
  public int arenaElements() {
    return memory.arenaElements();
  }
}
