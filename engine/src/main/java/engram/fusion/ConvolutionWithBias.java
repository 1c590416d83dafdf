package engram.fusion;

import engram.graph.Node;
import engram.op.AddBias;
import engram.op.Conv2d;
import engram.op.FusedConv2d;
import java.util.List;
import java.util.Optional;

/** {@code add_bias(conv2d(x, w), b)} becomes {@code fused_conv2d(x, w, b)}. */
final class ConvolutionWithBias implements Rule {

  @Override
  public Optional<Rewrite> match(Site site, Node last) {
    if (!(last.op() instanceof AddBias)) {
      return Optional.empty();
    }
    return site.maker(last.inputs().get(0), Conv2d.class)
        .filter(conv -> site.onlyFor(conv.output(), last))
        .map(
            conv -> {
              Conv2d op = (Conv2d) conv.op();
              return Rewrite.fuse(
                  List.of(conv),
                  last,
                  new FusedConv2d(op.stride(), op.padding(), 1, 1),
                  List.of(conv.inputs().get(0), conv.inputs().get(1), last.inputs().get(1)),
                  last.outputs());
            });
  }
}
