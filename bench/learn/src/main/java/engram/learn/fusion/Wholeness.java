package engram.learn.fusion;

import engram.graph.Graph;
import engram.graph.Node;
import engram.tensor.Shape;
import engram.tensor.ShapeException;
import engram.tensor.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a graph can run: all that is read is made before, once, and in the right shape. */
final class Wholeness {
  private Wholeness() {}

  /** The first thing that is wrong with a graph, as the end of a sentence. */
  static Optional<String> fault(Graph graph) {
    Set<Tensor> made = new HashSet<>(graph.externals());
    for (Node node : graph.nodes()) {
      for (Tensor input : node.inputs()) {
        if (!made.contains(input)) {
          boolean later = graph.producer(input).isPresent();
          return Optional.of(
              "%s reads %s, which %s"
                  .formatted(node, input, later ? "is made only later" : "no node makes any more"));
        }
      }
      for (Tensor output : node.outputs()) {
        if (!made.add(output)) {
          return Optional.of(output + " is made twice");
        }
      }
      Optional<String> shapes = shapes(node);
      if (shapes.isPresent()) {
        return shapes;
      }
    }
    return graph.kept().stream()
        .filter(tensor -> !made.contains(tensor))
        .findFirst()
        .map(
            tensor ->
                ("no node makes %s any more, which is wanted after the run: does the node that"
                        + " takes the place of the last make what the last made?")
                    .formatted(tensor));
  }

  private static Optional<String> shapes(Node node) {
    List<Shape> received = node.outputs().stream().map(Tensor::shape).toList();
    try {
      List<Shape> expected = node.op().outputs(node.inputs().stream().map(Tensor::shape).toList());
      return expected.equals(received)
          ? Optional.empty()
          : Optional.of(
              "%s has results of %s, but its op makes %s%s"
                  .formatted(
                      node,
                      received,
                      expected,
                      received.size() < expected.size() ? ": others read these, too" : ""));
    } catch (ShapeException e) {
      return Optional.of("%s cannot be: %s".formatted(node, e.getMessage()));
    } catch (IndexOutOfBoundsException e) {
      return Optional.of("%s has too few operands".formatted(node));
    }
  }
}
