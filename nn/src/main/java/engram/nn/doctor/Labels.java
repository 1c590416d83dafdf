package engram.nn.doctor;

import engram.graph.Graph;
import engram.graph.Node;
import engram.op.Affine;
import engram.op.CrossEntropy;
import engram.op.Narrow;
import engram.op.View;
import engram.tensor.Tensor;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which classes were ever a label. */
final class Labels {
  private final BitSet seen = new BitSet();

  /** Whether a step takes its targets for labels: a cross-entropy reads them, or a part of them. */
  static boolean areTargets(Graph graph) {
    Set<Tensor> targets = new HashSet<>();
    graph.externals().stream().filter(t -> t.name().equals("targets")).forEach(targets::add);
    for (Node node : graph.nodes()) {
      if (node.op() instanceof CrossEntropy && targets.contains(node.inputs().get(1))) {
        return true;
      }
      boolean same =
          node.op() instanceof Narrow || node.op() instanceof Affine || node.op() instanceof View;
      if (same && targets.contains(node.inputs().getFirst())) {
        targets.add(node.output());
      }
    }
    return false;
  }

  void see(float[] labels) {
    for (float label : labels) {
      if (label >= 0) {
        seen.set((int) label);
      }
    }
  }

  /** A class from {@code first} on that was no label; nothing if no label was seen at all. */
  Optional<Finding> missing(int first, int classes) {
    int empty = seen.nextClearBit(first);
    if (seen.isEmpty() || empty >= classes) {
      return Optional.empty();
    }
    int count = 0;
    for (int k = empty; k < classes; k = seen.nextClearBit(k + 1)) {
      count++;
    }
    return Optional.of(
        new Finding(
            "empty-class",
            "labels",
            "class %d has no example, and %s."
                .formatted(empty, count == 1 ? "all others have" : (count - 1) + " others neither"),
            "Give the last layer as many outputs as there are classes, or look for what lost the"
                + " examples."));
  }
}
