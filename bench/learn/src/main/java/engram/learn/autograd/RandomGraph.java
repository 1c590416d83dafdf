package engram.learn.autograd;

import static engram.tensor.Shape.shape;

import engram.graph.Node;
import engram.graph.Tape;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A random computation: sums, products and the like of some inputs, then a loss, then nodes that
 * the loss has nothing to do with. Many nodes are read twice, some by one node.
 *
 * @param inputs those on which the loss depends come first
 */
record RandomGraph(Tape tape, List<Tensor> inputs, Tensor loss) {

  /** How many are drawn; the first are the smallest, so that the first failure is a small one. */
  static final int COUNT = 200;

  /** Graph {@code number} of {@link #COUNT}: always the same. */
  static RandomGraph of(int number) {
    CounterRandom random = CounterRandom.of(number, "graph");
    Tape tape = new Tape();
    List<Tensor> values = new ArrayList<>();
    for (int i = 0; i < 2 + random.below(3, 0); i++) {
      values.add(tape.input(String.valueOf((char) ('a' + i)), shape(2, 2)));
    }
    List<Tensor> inputs = List.copyOf(values);
    int nodes = 1 + number * 11 / COUNT;
    for (int i = 0; i < nodes; i++) {
      values.add(node(tape, values, random.split(i)));
    }
    Tensor loss = tape.sum(values.getLast());
    for (int i = 0; i < random.below(3, 1); i++) {
      values.add(node(tape, values, random.split(100 + i)));
    }
    return new RandomGraph(tape, inputs, loss);
  }

  private static Tensor node(Tape tape, List<Tensor> values, CounterRandom random) {
    // The last few are likelier, so that graphs are deep.
    Tensor a = values.get(values.size() - 1 - random.below(Math.min(3, values.size()), 0));
    Tensor b = values.get(random.below(values.size(), 1));
    return switch (random.below(6, 2)) {
      case 0 -> tape.add(a, b);
      case 1 -> tape.subtract(a, b);
      case 2 -> tape.leakyRelu(a, 0.1);
      case 3 -> tape.scale(0.5, a);
      default -> tape.multiply(a, b);
    };
  }

  /** The nodes on which the loss depends. */
  Set<Node> needed() {
    Set<Tensor> wanted = new HashSet<>(Set.of(loss));
    Set<Node> needed = new HashSet<>();
    for (Node node : tape.graph().nodes().reversed()) {
      if (wanted.contains(node.output())) {
        needed.add(node);
        wanted.addAll(node.inputs());
      }
    }
    return needed;
  }

  /** The inputs on which the loss depends. */
  List<Tensor> reached() {
    Set<Node> needed = needed();
    return inputs.stream()
        .filter(input -> needed.stream().anyMatch(node -> node.inputs().contains(input)))
        .toList();
  }
}
