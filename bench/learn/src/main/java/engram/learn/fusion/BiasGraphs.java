package engram.learn.fusion;

import static engram.tensor.Shape.shape;

import engram.graph.Graph;
import engram.graph.Tape;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/** Graphs for the rule that makes a linear layer of a product and a bias. */
final class BiasGraphs {
  private static final Shape W = shape(5, 3);

  private BiasGraphs() {}

  /** Operands, and a tape to use them on. */
  private static final class Builder {
    final Tape tape = new Tape();
    final Tensor x = tape.input("x", shape(4, 3));
    final Tensor w = tape.input("w", W);
    final Tensor b = tape.input("b", shape(5));

    Tensor product() {
      return tape.matmul(x, tape.transposed(w));
    }
  }

  static final List<RuleCheck.Fire> FIRE =
      List.of(
          new RuleCheck.Fire(
              "one linear layer", graph(t -> t.tape.addBias(t.product(), t.b)), 1, 1),
          new RuleCheck.Fire(
              "two, whose results are added",
              graph(
                  t ->
                      t.tape.add(
                          t.tape.addBias(t.product(), t.b),
                          t.tape.addBias(t.tape.relu(t.product()), t.b))),
              1,
              1),
          new RuleCheck.Fire("a training step of three layers", trainingStep(), 3, 3));

  static final List<RuleCheck.Refuse> REFUSE =
      List.of(
          new RuleCheck.Refuse(
              "the product is read by another",
              graph(
                  t -> {
                    Tensor y = t.product();
                    return t.tape.multiply(t.tape.addBias(y, t.b), y);
                  }),
              "the product would be made no more, and another reads it"),
          new RuleCheck.Refuse(
              "the product is wanted after the run",
              graph(
                  t -> {
                    Tensor y = t.product();
                    t.tape.keep(y);
                    return t.tape.addBias(y, t.b);
                  }),
              "graph.kept() has the product"),
          new RuleCheck.Refuse(
              "w is updated between the two",
              graph(
                  t -> {
                    Tensor y = t.product();
                    t.tape.assign(t.w, t.tape.exp(t.w));
                    return t.tape.addBias(y, t.b);
                  }),
              "the new node would stand behind the update and see another w"),
          new RuleCheck.Refuse(
              "the weight is [in, out], and not transposed",
              graph(
                  t -> {
                    Tensor turned = t.tape.input("turned", shape(3, 5));
                    return t.tape.addBias(t.tape.matmul(t.x, turned), t.b);
                  }),
              "linear reads its weight as [out, in]: only matmul of x and a transposed w is it"),
          new RuleCheck.Refuse(
              "an activation stands between the two",
              graph(t -> t.tape.addBias(t.tape.relu(t.product()), t.b)),
              "the bias is added to what relu makes, not to the product"),
          new RuleCheck.Refuse(
              "the bias is made of the product",
              graph(
                  t -> {
                    Tensor row = t.tape.input("row", shape(1, 3));
                    Tensor y = t.tape.matmul(row, t.tape.transposed(t.w));
                    return t.tape.addBias(y, t.tape.reshape(y, shape(5)));
                  }),
              "the bias is a view of the product, and the view reads it"));

  private static Graph graph(Function<Builder, Tensor> build) {
    Builder builder = new Builder();
    builder.tape.keep(build.apply(builder));
    return builder.tape.graph();
  }

  private static Graph trainingStep() {
    Tape tape = new Tape();
    Tensor flat = tape.input("parameters", shape(160));
    Tensor w1 = tape.slice("w1", flat, 0, shape(6, 4));
    Tensor b1 = tape.slice("b1", flat, 32, shape(6));
    Tensor w2 = tape.slice("w2", flat, 48, shape(5, 6));
    Tensor b2 = tape.slice("b2", flat, 80, shape(5));
    Tensor w3 = tape.slice("w3", flat, 96, shape(SameNumbers.CLASSES, 5));
    Tensor b3 = tape.slice("b3", flat, 112, shape(SameNumbers.CLASSES));
    Tensor h1 = tape.leakyRelu(tape.linear(tape.input("x", shape(7, 4)), w1, b1), 0.1);
    Tensor h2 = tape.leakyRelu(tape.linear(h1, w2, b2), 0.1);
    Tensor labels = tape.input(SameNumbers.LABELS, shape(7));
    Tensor loss = tape.crossEntropy(tape.linear(h2, w3, b3), labels);
    tape.keep(loss);
    Updates.append(tape, loss, List.of(w1, b1, w2, b2, w3, b3));
    return tape.graph();
  }
}
