package engram.learn.fusion;

import static engram.tensor.Shape.shape;

import engram.graph.Graph;
import engram.graph.Tape;
import engram.op.FusedConv2d;
import engram.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/** Graphs for the rule by which a fused convolution takes in the leaky ReLU behind it. */
final class ActivationGraphs {
  private static final int CHANNELS = 3;

  private ActivationGraphs() {}

  /** Operands, and a tape to use them on. */
  private static final class Builder {
    final Tape tape = new Tape();
    final Tensor x = tape.input("x", shape(2, 6, 6, 2));
    final Tensor w = tape.input("w", shape(3, 3, 2, CHANNELS));
    final Tensor b = tape.input("b", shape(CHANNELS));

    /** Results of a convolution with bias: y, and indices if it pools. */
    List<Tensor> convolution(float slope, int pool) {
      return tape.record(new FusedConv2d(1, 1, slope, pool), x, w, b);
    }
  }

  static final List<RuleCheck.Fire> FIRE =
      List.of(
          new RuleCheck.Fire(
              "a convolution and its activation",
              graph(t -> t.tape.leakyRelu(t.convolution(1, 1).getFirst(), 0.2)),
              1,
              1),
          new RuleCheck.Fire(
              "a ReLU: slope 0, stride 2, without padding",
              graph(
                  t -> {
                    FusedConv2d op = new FusedConv2d(2, 0, 1, 1);
                    return t.tape.leakyRelu(t.tape.apply(op, t.x, t.w, t.b), 0);
                  }),
              1,
              1),
          new RuleCheck.Fire(
              "a convolution that pools, whose indices another reads",
              graph(
                  t -> {
                    List<Tensor> pooled = t.convolution(1, 2);
                    return t.tape.add(
                        t.tape.leakyRelu(pooled.get(0), 0.2), t.tape.exp(pooled.get(1)));
                  }),
              1,
              1),
          new RuleCheck.Fire(
              "two activations, one behind the other: the second stays",
              graph(
                  t ->
                      t.tape.leakyRelu(t.tape.leakyRelu(t.convolution(1, 1).getFirst(), 0.2), 0.5)),
              1,
              1),
          new RuleCheck.Fire("a training step of two convolutions", trainingStep(), 2, 2));

  static final List<RuleCheck.Refuse> REFUSE =
      List.of(
          new RuleCheck.Refuse(
              "the sums before the activation are read by another",
              graph(
                  t -> {
                    Tensor y = t.convolution(1, 1).getFirst();
                    return t.tape.add(t.tape.leakyRelu(y, 0.2), y);
                  }),
              "they would be made no more, and another reads them"),
          new RuleCheck.Refuse(
              "the sums before the activation are wanted after the run",
              graph(
                  t -> {
                    Tensor y = t.convolution(1, 1).getFirst();
                    t.tape.keep(y);
                    return t.tape.leakyRelu(y, 0.2);
                  }),
              "graph.kept() has them"),
          new RuleCheck.Refuse(
              "x is updated between the two",
              graph(
                  t -> {
                    Tensor y = t.convolution(1, 1).getFirst();
                    t.tape.assign(t.x, t.tape.exp(t.x));
                    return t.tape.leakyRelu(y, 0.2);
                  }),
              "the new node would stand behind the update and see another x"),
          new RuleCheck.Refuse(
              "the convolution has an activation already",
              graph(t -> t.tape.leakyRelu(t.convolution(0.1f, 1).getFirst(), 0.2)),
              "one node has one slope: a second activation has no room in it"),
          new RuleCheck.Refuse(
              "the activation is of the indices",
              graph(
                  t -> {
                    List<Tensor> pooled = t.convolution(1, 2);
                    return t.tape.leakyRelu(pooled.get(1), 0.2);
                  }),
              "the convolution makes what is activated, but as its second result, the indices"),
          new RuleCheck.Refuse(
              "the convolution has no bias",
              graph(t -> t.tape.leakyRelu(t.tape.conv2d(t.x, t.w, 1, 1), 0.2)),
              "conv2d is not fused_conv2d: it has two operands, and no room for a slope"));

  private static Graph graph(Function<Builder, Tensor> build) {
    Builder builder = new Builder();
    builder.tape.keep(build.apply(builder));
    return builder.tape.graph();
  }

  private static Graph trainingStep() {
    Builder t = new Builder();
    Tensor w2 = t.tape.input("w2", shape(3, 3, CHANNELS, 2));
    Tensor b2 = t.tape.input("b2", shape(2));
    Tensor linear = t.tape.input("linear", shape(18, SameNumbers.CLASSES));
    Tensor h1 = t.tape.leakyRelu(t.convolution(1, 2).getFirst(), 0.1);
    Tensor sums = t.tape.apply(new FusedConv2d(1, 1, 1, 1), h1, w2, b2);
    Tensor rows = t.tape.reshape(t.tape.leakyRelu(sums, 0.1), shape(2, 18));
    Tensor labels = t.tape.input(SameNumbers.LABELS, shape(2));
    Tensor loss = t.tape.crossEntropy(t.tape.matmul(rows, linear), labels);
    t.tape.keep(loss);
    Updates.append(t.tape, loss, List.of(t.w, t.b, w2, b2, linear));
    return t.tape.graph();
  }
}
