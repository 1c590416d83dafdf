package engram.bench.step;

import engram.graph.Graph;
import engram.graph.Node;
import engram.op.Conv2d;
import engram.op.Op;
import engram.op.Values;
import engram.op.View;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The forward pass of a step in double precision, by the definitions of its ops as they were
 * recorded. An element can be changed: only what depends on it is computed anew, and of a
 * convolution only what a changed channel adds.
 */
final class DoublePass {
  private final Tensor loss;
  private final Map<Tensor, Values> values = new HashMap<>();
  private final List<Node> forward;

  /**
   * Runs it.
   *
   * @param loss the tensor of one element at which it ends
   * @param externals what came from outside, as it was before the step
   */
  DoublePass(Graph graph, Tensor loss, Map<Tensor, float[]> externals) {
    this.loss = loss;
    forward = leadingTo(graph, loss);
    externals.forEach(
        (tensor, floats) -> {
          Values doubles = Values.zeros(tensor.shape());
          for (int i = 0; i < floats.length; i++) {
            doubles.set(i, floats[i]);
          }
          values.put(tensor, doubles);
        });
    for (Node node : forward) {
      run(node, node.inputs().stream().map(this::value).toList(), values);
    }
  }

  private static List<Node> leadingTo(Graph graph, Tensor wanted) {
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

  private Values value(Tensor tensor) {
    return Objects.requireNonNull(values.get(tensor));
  }

  /** The loss as it is. */
  double loss() {
    return value(loss).get(0);
  }

  /** Whether the loss depends on a tensor. */
  boolean reads(Tensor tensor) {
    return forward.stream().anyMatch(node -> node.inputs().contains(tensor));
  }

  private static void run(Node node, List<Values> in, Map<Tensor, Values> into) {
    if (node.op() instanceof View view) {
      Values of = in.getFirst();
      into.put(node.output(), new Values(view.output(), of.data(), of.offset() + view.offset()));
    } else {
      node.op().reference(in, node.outputs().stream().map(out -> room(out, into)).toList());
    }
  }

  private static Values room(Tensor tensor, Map<Tensor, Values> into) {
    return into.computeIfAbsent(tensor, made -> Values.zeros(made.shape()));
  }

  /** A place where one tensor is changed; several may be used at the same time. */
  Changed change(Tensor tensor) {
    return new Changed(tensor);
  }

  /** The pass once more, another value in an element of one tensor. */
  final class Changed {
    private final Values own;
    private final Map<Tensor, Values> changed = new HashMap<>();
    private final List<Node> dependent = new ArrayList<>();
    private long flops;

    private Changed(Tensor tensor) {
      own = copy(value(tensor));
      changed.put(tensor, own);
      Set<Tensor> touched = new HashSet<>(Set.of(tensor));
      for (Node node : forward) {
        if (node.inputs().stream().anyMatch(touched::contains)) {
          dependent.add(node);
          touched.addAll(node.outputs());
        }
      }
    }

    private static Values copy(Values of) {
      Values copy = Values.zeros(of.shape());
      System.arraycopy(of.data(), of.offset(), copy.data(), 0, of.size());
      return copy;
    }

    /** The loss where element {@code index} is larger by so much. */
    double loss(int index, double by) {
      double before = own.get(index);
      own.set(index, before + by);
      flops = 0;
      dependent.forEach(this::run);
      own.set(index, before);
      return now(loss).get(0);
    }

    /** Operations of the last pass. */
    long flops() {
      return flops;
    }

    private void run(Node node) {
      if (node.op() instanceof Conv2d op) {
        Tensor x = node.inputs().get(0);
        Tensor w = node.inputs().get(1);
        if (changed.containsKey(x) != changed.containsKey(w)) {
          ConvolutionChange change =
              changed.containsKey(x)
                  ? ConvolutionChange.ofInput(op, value(x), now(x), value(w))
                  : ConvolutionChange.ofWeight(op, value(x), value(w), now(w));
          change.addTo(value(node.output()), room(node.output(), changed));
          flops += change.flops();
          return;
        }
      }
      Op op = node.op();
      flops += op.cost(node.inputs().stream().map(Tensor::shape).toList()).flops();
      List<Tensor> updated = node.updated();
      List<Values> in =
          node.inputs().stream()
              // What an op overwrites, such as running means, stays as it was.
              .map(tensor -> updated.contains(tensor) ? copy(now(tensor)) : now(tensor))
              .toList();
      DoublePass.run(node, in, changed);
    }

    private Values now(Tensor tensor) {
      Values here = changed.get(tensor);
      return here == null ? value(tensor) : here;
    }
  }
}
