package engram.fusion;

import engram.graph.Node;
import engram.op.FusedConv2d;
import engram.op.MaxPool2d;
import java.util.List;
import java.util.Optional;

/** 2 x 2 pooling of a fused convolution without a rectifier becomes part of it. */
final class ConvolutionWithPool implements Rule {
  private static final MaxPool2d TWO_BY_TWO = new MaxPool2d(2, 2);

  @Override
  public Optional<Rewrite> match(Site site, Node last) {
    if (!last.op().equals(TWO_BY_TWO)) {
      return Optional.empty();
    }
    return site.maker(last.inputs().get(0), FusedConv2d.class)
        .filter(conv -> site.onlyFor(conv.output(), last))
        .filter(conv -> ((FusedConv2d) conv.op()).slope() == 1)
        .filter(conv -> ((FusedConv2d) conv.op()).pool() == 1)
        .map(
            conv -> {
              FusedConv2d op = (FusedConv2d) conv.op();
              FusedConv2d pooling = new FusedConv2d(op.stride(), op.padding(), 1, 2);
              return Rewrite.fuse(List.of(conv), last, pooling, conv.inputs(), last.outputs());
            });
  }
}
