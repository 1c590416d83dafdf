package engram.fusion;

import engram.graph.Node;
import engram.op.Activation;
import engram.op.AddBias;
import engram.op.Conv2d;
import engram.op.Elementwise;
import engram.op.FusedConv2d;
import engram.op.Linear;
import engram.op.MatMul;
import engram.op.MaxPool2d;
import engram.op.Op;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What follows a convolution or a matrix product becomes part of it, and is done while its results
 * are still in registers or in the cache: each rule here takes in one more op.
 */
final class Epilogue {
  private static final MatMul BY_ROWS_OF_WEIGHT = new MatMul(false, true);
  private static final MaxPool2d TWO_BY_TWO = new MaxPool2d(2, 2);

  private Epilogue() {}

  /** {@code add_bias(matmul(x, w^T), b)} becomes {@code linear(x, w, b)}. */
  static Match biasOfProduct(Site site, Node last) {
    return taken(
        site,
        last,
        AddBias.class,
        MatMul.class,
        product ->
            Match.require(
                product.op().equals(BY_ROWS_OF_WEIGHT),
                "the product is not by the rows of a weight: " + product.op()),
        product -> withBias(product, last, new Linear()));
  }

  /** {@code add_bias(conv2d(x, w), b)} becomes {@code fused_conv2d(x, w, b)}. */
  static Match bias(Site site, Node last) {
    return taken(
        site,
        last,
        AddBias.class,
        Conv2d.class,
        conv -> Optional.empty(),
        conv -> {
          Conv2d op = (Conv2d) conv.op();
          return withBias(conv, last, new FusedConv2d(op.stride(), op.padding(), 1, 1));
        });
  }

  /** 2 x 2 pooling of a fused convolution without a ReLU becomes part of it. */
  static Match pool(Site site, Node last) {
    return taken(
        site,
        last,
        MaxPool2d.class,
        FusedConv2d.class,
        conv ->
            Match.first(
                Match.require(
                    last.op().equals(TWO_BY_TWO), "the pooling is not 2 x 2 with stride 2"),
                () -> isPlain((FusedConv2d) conv.op())),
        conv -> {
          Conv2d op = ((FusedConv2d) conv.op()).convolution();
          FusedConv2d pooling = new FusedConv2d(op.stride(), op.padding(), 1, 2);
          return Rewrite.fuse(conv, last, pooling, conv.inputs(), last.outputs());
        });
  }

  /**
   * The ReLU of a fused convolution, leaky or not, pooled or not, becomes part of it. A leaky one
   * of slope 0 makes NaN of an infinite negative number, here 0.
   */
  static Match activation(Site site, Node last) {
    return taken(
        site,
        last,
        Activation.class,
        FusedConv2d.class,
        conv ->
            Match.first(
                Match.require(
                    conv.output().equals(last.inputs().get(0)), "it is of the indices of maxima"),
                () ->
                    Match.require(
                        ((FusedConv2d) conv.op()).slope() == 1,
                        "the convolution has a ReLU already")),
        conv -> {
          FusedConv2d op = (FusedConv2d) conv.op();
          float slope = ((Activation) last.op()).slope();
          List<Tensor> outputs = new ArrayList<>(conv.outputs());
          outputs.set(0, last.output());
          FusedConv2d active =
              new FusedConv2d(op.stride(), op.padding(), slope, op.pool(), op.residual());
          return Rewrite.fuse(conv, last, active, conv.inputs(), outputs);
        });
  }

  /**
   * A sum of a fused convolution and another tensor of its shape becomes part of it, in either
   * order.
   */
  static Match residual(Site site, Node last) {
    return last.op() instanceof Elementwise sum && sum.kind() == Elementwise.Kind.ADD
        ? switch (residual(site, last, 0)) {
          case Match.Found found -> found;
          case Match first ->
              switch (residual(site, last, 1)) {
                case Match.None() -> first;
                case Match second -> second;
              };
        }
        : Match.NONE;
  }

  private static Match residual(Site site, Node sum, int operand) {
    Tensor between = sum.inputs().get(operand);
    Tensor other = sum.inputs().get(1 - operand);
    return site.maker(between, FusedConv2d.class)
        .map(
            conv ->
                Match.unless(
                    Match.first(
                        isPlain((FusedConv2d) conv.op()),
                        () ->
                            Match.first(
                                site.wantedBesides(between, sum),
                                () ->
                                    Match.require(
                                        !other.equals(between),
                                        "the sum is of one tensor with itself"))),
                    () -> {
                      Conv2d op = ((FusedConv2d) conv.op()).convolution();
                      List<Tensor> inputs = new ArrayList<>(conv.inputs());
                      inputs.add(other);
                      Op added = new FusedConv2d(op.stride(), op.padding(), 1, 1, true);
                      return Rewrite.fuse(conv, sum, added, inputs, sum.outputs());
                    }))
        .orElse(Match.NONE);
  }

  private static Optional<String> isPlain(FusedConv2d conv) {
    return Match.first(
        Match.require(conv.slope() == 1, "the convolution has a ReLU, which comes first"),
        () ->
            Match.first(
                Match.require(conv.pool() == 1, "the convolution is pooled already"),
                () -> Match.require(!conv.residual(), "the convolution has a residual already")));
  }

  /**
   * Takes {@code last} into the node that makes its first operand, if their ops are of these types,
   * nothing is said against it, and nobody else wants what is made in between.
   */
  private static Match taken(
      Site site,
      Node last,
      Class<? extends Op> taken,
      Class<? extends Op> by,
      Function<Node, Optional<String>> refusal,
      Function<Node, Rewrite> rewrite) {
    if (!taken.isInstance(last.op())) {
      return Match.NONE;
    }
    Tensor between = last.inputs().get(0);
    return site.maker(between, by)
        .map(
            maker ->
                Match.unless(
                    Match.first(refusal.apply(maker), () -> site.wantedBesides(between, last)),
                    () -> rewrite.apply(maker)))
        .orElse(Match.NONE);
  }

  private static Rewrite withBias(Node product, Node last, Op fused) {
    Tensor bias = last.inputs().get(1);
    List<Tensor> inputs = List.of(product.inputs().get(0), product.inputs().get(1), bias);
    return Rewrite.fuse(product, last, fused, inputs, last.outputs());
  }
}
