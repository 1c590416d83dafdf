package engram.fusion;

import engram.graph.Node;
import engram.op.AddBias;
import engram.op.Conv2d;
import engram.op.FusedConv2d;
import engram.op.LeakyRelu;
import engram.op.Linear;
import engram.op.MatMul;
import engram.op.MaxPool2d;
import engram.op.Op;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What follows a convolution or a matrix product becomes part of it, and is done while its results
 * are still in registers or in the cache: each rule here takes in one more op.
 */
final class Epilogue {
  private static final MatMul BY_ROWS_OF_WEIGHT = new MatMul(false, true);
  private static final MaxPool2d TWO_BY_TWO = new MaxPool2d(2, 2);

  private Epilogue() {}

  /** {@code add_bias(matmul(x, w^T), b)} becomes {@code linear(x, w, b)}. */
  static Optional<Rewrite> biasOfProduct(Site site, Node last) {
    return taker(site, last, AddBias.class, MatMul.class)
        .filter(product -> product.op().equals(BY_ROWS_OF_WEIGHT))
        .map(product -> withBias(product, last, new Linear()));
  }

  /** {@code add_bias(conv2d(x, w), b)} becomes {@code fused_conv2d(x, w, b)}. */
  static Optional<Rewrite> bias(Site site, Node last) {
    return taker(site, last, AddBias.class, Conv2d.class)
        .map(conv -> withBias(conv, last, fused((Conv2d) conv.op(), 1, 1)));
  }

  /** 2 x 2 pooling of a fused convolution without a leaky ReLU becomes part of it. */
  static Optional<Rewrite> pool(Site site, Node last) {
    return taker(site, last, MaxPool2d.class, FusedConv2d.class)
        .filter(conv -> last.op().equals(TWO_BY_TWO))
        .filter(conv -> conv.op() instanceof FusedConv2d op && op.slope() == 1 && op.pool() == 1)
        .map(
            conv -> {
              FusedConv2d pooling = fused(((FusedConv2d) conv.op()).convolution(), 1, 2);
              return Rewrite.fuse(conv, last, pooling, conv.inputs(), last.outputs());
            });
  }

  /** The leaky ReLU of a fused convolution, pooled or not, becomes part of it. */
  static Optional<Rewrite> activation(Site site, Node last) {
    return taker(site, last, LeakyRelu.class, FusedConv2d.class)
        .filter(conv -> conv.output().equals(last.inputs().get(0)))
        .filter(conv -> ((FusedConv2d) conv.op()).slope() == 1)
        .map(
            conv -> {
              FusedConv2d op = (FusedConv2d) conv.op();
              float slope = ((LeakyRelu) last.op()).slope();
              List<Tensor> outputs = new ArrayList<>(conv.outputs());
              outputs.set(0, last.output());
              FusedConv2d active = fused(op.convolution(), slope, op.pool());
              return Rewrite.fuse(conv, last, active, conv.inputs(), outputs);
            });
  }

  private static FusedConv2d fused(Conv2d op, float slope, int pool) {
    return new FusedConv2d(op.stride(), op.padding(), slope, pool);
  }

  /** The node that can take {@code last} in: only {@code last} reads what it makes. */
  private static Optional<Node> taker(
      Site site, Node last, Class<? extends Op> taken, Class<? extends Op> by) {
    return Optional.of(last)
        .filter(node -> taken.isInstance(node.op()))
        .flatMap(node -> site.maker(node.inputs().get(0), by))
        .filter(maker -> site.onlyFor(last.inputs().get(0), last));
  }

  private static Rewrite withBias(Node product, Node last, Op fused) {
    Tensor bias = last.inputs().get(1);
    List<Tensor> inputs = List.of(product.inputs().get(0), product.inputs().get(1), bias);
    return Rewrite.fuse(product, last, fused, inputs, last.outputs());
  }
}
