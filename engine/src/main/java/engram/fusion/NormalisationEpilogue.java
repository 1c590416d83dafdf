package engram.fusion;

import engram.graph.Node;
import engram.op.Activation;
import engram.op.BatchNorm;
import engram.op.Elementwise;
import engram.op.FusedBatchNorm;
import engram.op.Op;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What follows a batch normalisation in training is done in its last pass over memory: a ReLU, and
 * the sum of a residual block before it. The gradients alike.
 */
final class NormalisationEpilogue {
  private NormalisationEpilogue() {}

  /** {@code activation(batch_norm(x))} becomes one node. */
  static Match activation(Site site, Node last) {
    if (!(last.op() instanceof Activation activation)) {
      return Match.NONE;
    }
    Tensor between = last.inputs().get(0);
    return site.maker(between, BatchNorm.class)
        .map(
            norm ->
                Match.unless(
                    site.wantedBesides(between, last),
                    () -> {
                      Op op = new FusedBatchNorm((BatchNorm) norm.op(), activation, false);
                      return Rewrite.fuse(norm, last, op, norm.inputs(), outputs(norm, last));
                    }))
        .orElse(Match.NONE);
  }

  /** {@code activation(add(batch_norm(x), r))} becomes one node, in either order of the sum. */
  static Match residual(Site site, Node last) {
    if (!(last.op() instanceof Activation activation)) {
      return Match.NONE;
    }
    return site.maker(last.inputs().get(0), Elementwise.class)
        .filter(sum -> ((Elementwise) sum.op()).kind() == Elementwise.Kind.ADD)
        .map(
            sum ->
                switch (residual(site, activation, sum, 0, last)) {
                  case Match.None() -> residual(site, activation, sum, 1, last);
                  case Match found -> found;
                })
        .orElse(Match.NONE);
  }

  private static Match residual(
      Site site, Activation activation, Node sum, int operand, Node last) {
    Tensor normal = sum.inputs().get(operand);
    return site.maker(normal, BatchNorm.class)
        .map(
            norm ->
                Match.unless(
                    Match.first(
                        site.wantedBesides(normal, sum),
                        () ->
                            Match.first(
                                site.wantedBesides(sum.output(), last),
                                () ->
                                    Match.require(
                                        !sum.inputs().get(1 - operand).equals(normal),
                                        "the sum is of one tensor with itself"))),
                    () -> {
                      List<Tensor> inputs = new ArrayList<>(norm.inputs());
                      inputs.add(sum.inputs().get(1 - operand));
                      Op op = new FusedBatchNorm((BatchNorm) norm.op(), activation, true);
                      Node fused = new Node(op, inputs, outputs(norm, last), last.phase());
                      return new Rewrite(
                          Map.of(norm, List.of(), sum, List.of(), last, List.of(fused)));
                    }))
        .orElse(Match.NONE);
  }

  private static List<Tensor> outputs(Node norm, Node last) {
    List<Tensor> outputs = new ArrayList<>(norm.outputs());
    outputs.set(0, last.output());
    return outputs;
  }

  /**
   * Where an activation has become part of a batch normalisation, its gradient becomes part of
   * those of the normalisation.
   */
  static Match gradients(Site site, Node last) {
    if (last.inputs().size() != 2) {
      return Match.NONE;
    }
    return site.maker(last.inputs().get(0), FusedBatchNorm.class)
        .filter(norm -> ((FusedBatchNorm) norm.op()).activation().gradient().equals(last.op()))
        .filter(norm -> norm.output().equals(last.inputs().get(0)))
        .map(norm -> gradients(site, norm, last))
        .orElse(Match.NONE);
  }

  private static Match gradients(Site site, Node norm, Node last) {
    Map<Node, List<Node>> replacements = new HashMap<>();
    replacements.put(last, List.of());
    for (Node reader : site.readers(last.output())) {
      fused(reader, norm, last).ifPresent(node -> replacements.put(reader, List.of(node)));
    }
    if (replacements.size() == 1) {
      return Match.NONE;
    }
    Node[] readers = replacements.keySet().toArray(new Node[0]);
    return Match.unless(
        Match.first(
            Match.require(
                !((FusedBatchNorm) norm.op()).residual(),
                "the residual needs the activation's gradient, too"),
            () -> site.wantedBesides(last.output(), readers)),
        () -> new Rewrite(replacements));
  }

  /** What to put in place of {@code reader}; empty if it is no gradient of the normalisation. */
  private static Optional<Node> fused(Node reader, Node norm, Node last) {
    Activation activation = ((FusedBatchNorm) norm.op()).activation();
    Tensor x = norm.inputs().get(0);
    Tensor gamma = norm.inputs().get(1);
    Tensor beta = norm.inputs().get(2);
    Tensor dy = last.inputs().get(1);
    List<Tensor> in = reader.inputs();
    if (!in.get(0).equals(x) || in.size() < 2 || !in.get(1).equals(last.output())) {
      return Optional.empty();
    }
    return switch (reader.op()) {
      case BatchNorm.ParameterGradient _ ->
          Optional.of(
              reader.by(
                  new FusedBatchNorm.ParameterGradient(activation),
                  x,
                  dy,
                  gamma,
                  beta,
                  in.get(2),
                  in.get(3)));
      case BatchNorm.InputGradient _ ->
          Optional.of(
              reader.by(
                  new FusedBatchNorm.InputGradient(activation),
                  x,
                  dy,
                  gamma,
                  beta,
                  in.get(3),
                  in.get(4),
                  in.get(5)));
      default -> Optional.empty();
    };
  }
}
