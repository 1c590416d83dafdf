package engram.nn.doctor;

import engram.graph.Graph;
import engram.graph.Node;
import engram.op.Affine;
import engram.op.CrossEntropy;
import engram.op.Narrow;
import engram.op.Reduce;
import engram.op.View;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the graph of a training step says about its loss. */
final class StepGraph {
  private StepGraph() {}

  /** The cross-entropies that read targets, or a part of them, or either shifted by a number. */
  static List<LabelRead> labelReads(Graph graph) {
    Map<Tensor, LabelRead> targets = new HashMap<>();
    for (Tensor external : graph.externals()) {
      if (external.name().equals("targets")) {
        targets.put(external, new LabelRead(0, external.shape().elements(), 0, 0));
      }
    }
    List<LabelRead> reads = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof CrossEntropy) {
        LabelRead labels = targets.get(node.inputs().get(1));
        if (labels != null) {
          reads.add(labels.among(node.inputs().getFirst().shape().dim(1)));
        }
        continue;
      }
      LabelRead whole = node.inputs().isEmpty() ? null : targets.get(node.inputs().getFirst());
      if (whole != null) {
        derived(whole, node).ifPresent(part -> targets.put(node.output(), part));
      }
    }
    return reads;
  }

  /** What a node makes of labels, where it leaves them whole numbers in their order. */
  private static Optional<LabelRead> derived(LabelRead labels, Node node) {
    return switch (node.op()) {
      case Narrow(int axis, int start, int length) when axis == 0 ->
          Optional.of(labels.part(start, length));
      case View(int offset, Shape output) -> Optional.of(labels.part(offset, output.elements()));
      case Affine(float scale, float shift) when scale == 1 && shift == Math.rint(shift) ->
          Optional.of(labels.shifted((int) shift));
      default -> Optional.empty();
    };
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
