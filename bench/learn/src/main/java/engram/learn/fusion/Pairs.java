package engram.learn.fusion;

import static engram.learn.api.Fusion.Refusal.KEPT;
import static engram.learn.api.Fusion.Refusal.OVERWRITTEN;
import static engram.learn.api.Fusion.Refusal.READ_BY_ANOTHER;
import static engram.tensor.Shape.shape;

import engram.graph.Graph;
import engram.graph.Node;
import engram.graph.Tape;
import engram.learn.api.Fusion;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Pairs of nodes that may be fused, and pairs that may not. */
final class Pairs {
  private static final Shape X = shape(4, 3);
  private static final Shape W = shape(5, 3);
  private static final Shape B = shape(5);

  private Pairs() {}

  /**
   * Two nodes of a graph.
   *
   * @param expected all reasons that hold
   * @param cause what a wrong answer has overlooked
   */
  record Pair(
      String description,
      Graph graph,
      Node first,
      Node last,
      Set<Fusion.Refusal> expected,
      String cause) {}

  /** What a graph is built of: a product of x and w, and a sum with b. */
  private static final class Builder {
    final Tape tape = new Tape();
    final Tensor x = tape.input("x", X);
    final Tensor flat = tape.input("flat", shape(2 * W.elements()));
    final Tensor other = tape.input("other", W);
    final Tensor b = tape.input("b", B);

    Tensor product(Tensor w) {
      return tape.matmul(x, tape.transposed(w));
    }
  }

  static final List<Pair> ALL =
      List.of(
          pair(
              "nothing stands in the way",
              "there is no reason not to fuse",
              t -> {
                Tensor w = t.tape.input("w", W);
                Tensor y = t.product(w);
                return List.of(y, t.tape.addBias(y, t.b));
              }),
          pair(
              "a node behind the last reads the value, too",
              "all nodes of the graph may read it, not only those before the last",
              t -> {
                Tensor y = t.product(t.tape.input("w", W));
                Tensor sum = t.tape.addBias(y, t.b);
                t.tape.exp(y);
                return List.of(y, sum);
              },
              READ_BY_ANOTHER),
          pair(
              "a node between the two reads the value, too",
              "one that stands between the two reads it as well",
              t -> {
                Tensor y = t.product(t.tape.input("w", W));
                t.tape.relu(y);
                return List.of(y, t.tape.addBias(y, t.b));
              },
              READ_BY_ANOTHER),
          pair(
              "a view of the value is taken",
              "a view is a node, and it reads its input",
              t -> {
                Tensor y = t.product(t.tape.input("w", W));
                Tensor sum = t.tape.addBias(y, t.b);
                t.tape.reshape(y, shape(20));
                return List.of(y, sum);
              },
              READ_BY_ANOTHER),
          pair(
              "the last node reads the value twice, and no other does",
              "the last node is not another one, however often it reads the value",
              t -> {
                Tensor y = t.product(t.tape.input("w", W));
                return List.of(y, t.tape.multiply(y, y));
              }),
          pair(
              "a value of the same name and shape is read by others",
              "tensors are the same if they are equal; equal names are not enough",
              t -> {
                Tensor w = t.tape.input("w", W);
                Tensor y = t.product(w);
                Tensor twin = t.product(w);
                t.tape.exp(twin);
                return List.of(y, t.tape.addBias(y, t.b));
              }),
          pair(
              "the value is wanted after the run",
              "graph.kept() has it",
              t -> {
                Tensor y = t.product(t.tape.input("w", W));
                t.tape.keep(y);
                return List.of(y, t.tape.addBias(y, t.b));
              },
              KEPT),
          pair(
              "the result of the last node is wanted after the run",
              "what the last node makes will still be made: only the value between the two goes",
              t -> {
                Tensor y = t.product(t.tape.input("w", W));
                Tensor sum = t.tape.addBias(y, t.b);
                t.tape.keep(sum);
                return List.of(y, sum);
              }),
          pair(
              "w is assigned to between the two",
              "the one node would stand behind the assignment and see the new w",
              t -> {
                Tensor w = t.tape.input("w", W);
                Tensor y = t.product(w);
                t.tape.assign(w, t.other);
                return List.of(y, t.tape.addBias(y, t.b));
              },
              OVERWRITTEN),
          pair(
              "another tensor is assigned to between the two",
              "what is overwritten is read by neither of the two",
              t -> {
                Tensor y = t.product(t.tape.input("w", W));
                t.tape.assign(t.other, t.tape.exp(t.other));
                return List.of(y, t.tape.addBias(y, t.b));
              }),
          pair(
              "w is assigned to before the first, and once more behind the last",
              "the one node stands where the last one stands: only what comes between counts",
              t -> {
                Tensor w = t.tape.input("w", W);
                t.tape.assign(w, t.other);
                Tensor y = t.product(w);
                Tensor sum = t.tape.addBias(y, t.b);
                t.tape.assign(w, t.tape.exp(t.other));
                return List.of(y, sum);
              }),
          pair(
              "w is a view of flat, and flat is assigned to between the two",
              "a view shares the storage of what it is a view of: compare roots of graph.places()",
              t -> {
                Tensor w = t.tape.slice("w", t.flat, 0, W);
                Tensor y = t.product(w);
                t.tape.assign(t.flat, t.tape.exp(t.flat));
                return List.of(y, t.tape.addBias(y, t.b));
              },
              OVERWRITTEN));

  /**
   * @param build records a graph and returns the value between the two and the last's result
   */
  private static Pair pair(
      String description,
      String cause,
      Function<Builder, List<Tensor>> build,
      Fusion.Refusal... expected) {
    Builder builder = new Builder();
    List<Tensor> results = build.apply(builder);
    Graph graph = builder.tape.graph();
    return new Pair(
        description,
        graph,
        graph.producer(results.get(0)).orElseThrow(),
        graph.producer(results.get(1)).orElseThrow(),
        Set.of(expected),
        cause);
  }
}
