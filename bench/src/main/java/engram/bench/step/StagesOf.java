package engram.bench.step;

import engram.bench.measure.Roof;
import engram.fusion.Fusion;
import engram.fusion.FusionListener;
import engram.graph.BackwardFrame;
import engram.graph.Graph;
import engram.graph.Node;
import engram.inspect.Flow;
import engram.inspect.KernelSource;
import engram.inspect.Profiler;
import engram.op.Cost;
import engram.op.Op;
import engram.op.OpText;
import engram.op.View;
import engram.plan.MemoryPlan;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Puts a step that was looked at into {@link Stages}. */
final class StagesOf {
  private final Glass glass;
  private final Map<Integer, Stages.Named> tensors = new TreeMap<>();
  private final List<Stages.Fired> firings = new ArrayList<>();
  private final List<Stages.Missed> misses = new ArrayList<>();

  private StagesOf(Glass glass) {
    this.glass = glass;
  }

  /**
   * All stages.
   *
   * @param rows times of the steps, in order
   * @param roof limits of the machine, where they are known
   * @param differences of gradients of this step
   */
  static Stages stages(
      Glass glass,
      List<Profiler.Row> rows,
      Optional<Roof> roof,
      List<Differences.Entry> differences,
      List<Stages.Against> against) {
    return new StagesOf(glass).make(rows, roof, differences, against);
  }

  private Stages make(
      List<Profiler.Row> rows,
      Optional<Roof> roof,
      List<Differences.Entry> differences,
      List<Stages.Against> against) {
    Graph graph = glass.recording().graph();
    name(graph);
    name(glass.plan().graph());
    if (glass.recording().fused()) {
      fuse(graph);
    }
    return new Stages(
        glass.title(),
        glass.about(),
        glass.batch(),
        tensors,
        recorded(graph),
        walk(graph),
        firings,
        misses,
        layout(glass.plan()),
        steps(rows, roof),
        finite(differences),
        against);
  }

  private void name(Graph graph) {
    Stream.concat(
            graph.externals().stream(), graph.nodes().stream().flatMap(n -> n.outputs().stream()))
        .forEach(t -> tensors.put(t.id(), new Stages.Named(t.name(), dims(t))));
  }

  static List<Integer> dims(Tensor tensor) {
    return IntStream.range(0, tensor.shape().rank()).mapToObj(tensor.shape()::dim).toList();
  }

  private List<Stages.Recorded> recorded(Graph graph) {
    Map<Node, Integer> frames = new HashMap<>();
    List<BackwardFrame> walk = glass.recording().walk();
    for (int i = 0; i < walk.size(); i++) {
      for (Node appended : walk.get(i).appended()) {
        frames.put(appended, i);
      }
    }
    return graph.nodes().stream()
        .map(
            node ->
                new Stages.Recorded(
                    node.op().name(),
                    attributes(node.op()),
                    phase(node),
                    layer(node),
                    ids(node.inputs()),
                    ids(node.outputs()),
                    frames.getOrDefault(node, -1)))
        .toList();
  }

  /** The layer of a node; a view that names a parameter belongs to the layer of that parameter. */
  private static String layer(Node node) {
    String name = node.written().getFirst().name();
    return node.op() instanceof View && name.matches(".+\\.(weight|bias|running_mean|running_var)")
        ? name.replaceFirst("^d\\.", "").replaceFirst("\\.[a-z_]+$", "")
        : Flow.layer(node);
  }

  private List<Stages.Walked> walk(Graph graph) {
    Map<Node, Integer> numbers = new HashMap<>();
    graph.nodes().forEach(node -> numbers.putIfAbsent(node, numbers.size()));
    return glass.recording().walk().stream()
        .map(
            frame ->
                new Stages.Walked(
                    Objects.requireNonNull(numbers.get(frame.node())),
                    frame.arriving().id(),
                    frame.appended().stream()
                        .map(n -> Objects.requireNonNull(numbers.get(n)))
                        .toList(),
                    frame.leaving().stream()
                        .map(
                            c ->
                                new Stages.Leaving(
                                    c.operand().id(),
                                    c.gradient().id(),
                                    c.total().id(),
                                    c.assigned()))
                        .toList(),
                    formulas(frame)))
        .toList();
  }

  /** That of the op, and those of the ops that were appended. */
  private static String formulas(BackwardFrame frame) {
    return Stream.concat(Stream.of(frame.node()), frame.appended().stream())
        .map(Node::op)
        .map(op -> op.name() + ":  " + text(op).formula().replace("\n", "\n    "))
        .distinct()
        .reduce((a, b) -> a + "\n" + b)
        .orElse("");
  }

  private void fuse(Graph graph) {
    Fusion.rewrite(
        graph,
        new FusionListener() {
          @Override
          public void fired(Firing firing) {
            name(firing.after());
            firings.add(
                new Stages.Fired(
                    firing.rule().pattern(),
                    firing.taken().stream().map(Node::toString).toList(),
                    firing.given().stream().map(Node::toString).toList(),
                    firing.after().nodes().size()));
          }

          @Override
          public void refused(NearMiss miss) {
            misses.add(
                new Stages.Missed(miss.rule().pattern(), miss.last().toString(), miss.why()));
          }
        });
  }

  private static Stages.Layout layout(Plan plan) {
    MemoryPlan memory = plan.memory();
    return new Stages.Layout(
        memory.arenaElements(),
        memory.elementsUnshared(),
        memory.peak(),
        IntStream.range(0, memory.groups().size()).mapToObj(memory::elementsAt).toList(),
        memory.lifetimes().stream()
            .map(
                life ->
                    new Stages.Block(
                        life.root().id(),
                        life.first(),
                        life.last(),
                        Objects.requireNonNull(memory.arena().get(life.root())),
                        life.elements()))
            .toList(),
        memory.madeInPlace().stream()
            .map(
                assign ->
                    "%s is made in %s".formatted(assign.inputs().get(1), assign.inputs().get(0)))
            .toList());
  }

  private List<Stages.Step> steps(List<Profiler.Row> rows, Optional<Roof> roof) {
    List<Stages.Step> steps = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Profiler.Row row = rows.get(i);
      Capture.Ran ran = glass.run().steps().get(i);
      Op op = ran.node().op();
      Cost cost = row.cost();
      OpText text = text(op);
      steps.add(
          new Stages.Step(
              op.name(),
              attributes(op),
              phase(ran.node()),
              Flow.layer(ran.node()),
              seen(ran.inputs()),
              seen(ran.outputs()),
              seen(ran.updated()),
              text.summary(),
              text.formula(),
              row.seconds(),
              cost.flops(),
              cost.bytes(),
              roof.map(limits -> limits.share(cost, row.seconds())).orElse(-1.0),
              roof.map(limits -> limits.boundByArithmetic(cost) ? "fma" : "mem").orElse(""),
              KernelSource.of(op)
                  .map(
                      s ->
                          Stream.concat(Stream.of(s.definition(), s.vector()), s.openCl().stream()))
                  .orElse(Stream.of())
                  .toList(),
              Sums.of(ran.node())));
    }
    return steps;
  }

  private List<Stages.Finite> finite(List<Differences.Entry> differences) {
    Map<Tensor, Integer> values = new HashMap<>();
    glass.run().steps().stream()
        .flatMap(ran -> ran.outputs().stream())
        .forEach(operand -> values.put(operand.tensor(), operand.value()));
    return differences.stream()
        .filter(entry -> values.containsKey(entry.gradient()))
        .map(
            entry ->
                new Stages.Finite(
                    Objects.requireNonNull(values.get(entry.gradient())),
                    entry.index(),
                    entry.operand().name(),
                    entry.numeric()))
        .toList();
  }

  private static List<Stages.Seen> seen(List<Capture.Operand> operands) {
    return operands.stream().map(o -> new Stages.Seen(o.tensor().id(), o.value())).toList();
  }

  private static List<Integer> ids(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::id).toList();
  }

  static String phase(Node node) {
    return node.phase().name().toLowerCase(Locale.ROOT);
  }

  /** What stands in the brackets of a record. */
  static String attributes(Op op) {
    String text = op.toString();
    int start = text.indexOf('[');
    return start < 0 ? "" : text.substring(start + 1, text.length() - 1);
  }

  /** Of an op from outside its name stands for all. */
  static OpText text(Op op) {
    return OpText.of(op).orElse(new OpText(op.name(), "", "see its own source"));
  }
}
