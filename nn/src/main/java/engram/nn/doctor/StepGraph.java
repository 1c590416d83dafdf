package engram.nn.doctor;

import engram.graph.Graph;
import engram.graph.Node;
import engram.op.Affine;
import engram.op.CrossEntropy;
import engram.op.Narrow;
import engram.op.Reduce;
import engram.op.View;
import engram.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the graph of a training step says about its loss. */
final class StepGraph {
  private StepGraph() {}

  /**
   * How many classes the targets are taken for labels of: those of the largest cross-entropy that
   * reads them, or a part of them. Nothing where none does, or only when they are shifted.
   */
  static OptionalInt labelClasses(Graph graph) {
    Set<Tensor> targets = new HashSet<>();
    graph.externals().stream().filter(t -> t.name().equals("targets")).forEach(targets::add);
    int classes = 0;
    for (Node node : graph.nodes()) {
      if (node.op() instanceof CrossEntropy && targets.contains(node.inputs().get(1))) {
        classes = Math.max(classes, node.inputs().getFirst().shape().dim(1));
      } else if ((node.op() instanceof Narrow || node.op() instanceof View)
          && targets.contains(node.inputs().getFirst())) {
        targets.add(node.output());
      }
    }
    return classes == 0 ? OptionalInt.empty() : OptionalInt.of(classes);
  }

  /**
   * Names of the parameters that the loss says it does not use: all that it reads of them is 0
   * times their sum.
   */
  static Set<String> unused(Graph graph) {
    Map<Tensor, List<Node>> readers = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (node.phase() == Node.Phase.FORWARD) {
        node.inputs().forEach(in -> readers.merge(in, List.of(node), StepGraph::joined));
      }
    }
    return readers.keySet().stream()
        .filter(tensor -> isDropped(tensor, readers))
        .map(Tensor::name)
        .collect(Collectors.toSet());
  }

  private static boolean isDropped(Tensor tensor, Map<Tensor, List<Node>> readers) {
    return readers.getOrDefault(tensor, List.of()).stream()
        .allMatch(
            sum ->
                sum.op() instanceof Reduce
                    && readers.getOrDefault(sum.output(), List.of()).stream()
                        .allMatch(zero -> zero.op() instanceof Affine a && a.scale() == 0));
  }

  private static List<Node> joined(List<Node> a, List<Node> b) {
    return Stream.concat(a.stream(), b.stream()).toList();
  }
}
