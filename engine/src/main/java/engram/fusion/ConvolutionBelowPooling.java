package engram.fusion;

import engram.graph.Node;
import engram.op.Conv2d;
import engram.op.MaxPool2d;
import engram.op.PooledConv2d;
import engram.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gradients of a convolution take what {@code max_pool2d.gradient(indices, d)} would unpool as
 * it is, and nothing is unpooled: {@code conv2d.weight_gradient(x, unpooled)} becomes {@code
 * pooled_conv2d.weight_gradient(x, indices, d)}, and the input's gradient likewise. Only where
 * nobody else reads the unpooled gradient.
 */
final class ConvolutionBelowPooling implements Rule {

  @Override
  public String pattern() {
    return "gradients of conv2d by max_pool2d.gradient(indices, d) -> pooled_conv2d gradients by d";
  }

  @Override
  public Match match(Site site, Node last) {
    if (!(last.op() instanceof MaxPool2d.Gradient pool)) {
      return Match.NONE;
    }
    Map<Node, List<Node>> replacements = new HashMap<>();
    replacements.put(last, List.of());
    for (Node reader : site.readers(last.output())) {
      pooled(reader, last).ifPresent(node -> replacements.put(reader, List.of(node)));
    }
    if (replacements.size() == 1) {
      return Match.NONE;
    }
    Optional<String> otherWindows =
        Match.require(
            pool.kernel() == 2 && pool.stride() == 2,
            "the windows are %d x %d with stride %d, not 2 x 2 with stride 2"
                .formatted(pool.kernel(), pool.kernel(), pool.stride()));
    Node[] readers = replacements.keySet().toArray(new Node[0]);
    return Match.unless(
        Match.first(otherWindows, () -> site.wantedBesides(last.output(), readers)),
        () -> new Rewrite(replacements));
  }

  /** What to put in place of {@code reader}; empty if it is no gradient of a convolution by it. */
  private static Optional<Node> pooled(Node reader, Node unpooling) {
    Tensor indices = unpooling.inputs().get(0);
    Tensor d = unpooling.inputs().get(1);
    Tensor dy = unpooling.output();
    List<Tensor> in = reader.inputs();
    return switch (reader.op()) {
      case Conv2d.InputGradient op when in.get(0).equals(dy) && !in.get(1).equals(dy) -> {
        var pooled =
            new PooledConv2d.InputGradient(op.stride(), op.padding(), op.height(), op.width());
        yield Optional.of(reader.by(pooled, indices, d, in.get(1)));
      }
      case Conv2d.WeightGradient op when in.get(1).equals(dy) && !in.get(0).equals(dy) -> {
        var pooled =
            new PooledConv2d.WeightGradient(
                op.stride(), op.padding(), op.kernelHeight(), op.kernelWidth());
        yield Optional.of(reader.by(pooled, in.get(0), indices, d));
      }
      default -> Optional.empty();
    };
  }
}
