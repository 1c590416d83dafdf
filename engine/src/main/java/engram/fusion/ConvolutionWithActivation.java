package engram.fusion;

import engram.graph.Node;
import engram.op.FusedConv2d;
import engram.op.LeakyRelu;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rectifier of a fused convolution, pooled or not, becomes part of it. */
final class ConvolutionWithActivation implements Rule {

  @Override
  public Optional<Rewrite> match(Site site, Node last) {
    if (!(last.op() instanceof LeakyRelu relu)) {
      return Optional.empty();
    }
    return site.maker(last.inputs().get(0), FusedConv2d.class)
        .filter(conv -> conv.output().equals(last.inputs().get(0)))
        .filter(conv -> site.onlyFor(conv.output(), last))
        .filter(conv -> ((FusedConv2d) conv.op()).slope() == 1)
        .map(
            conv -> {
              FusedConv2d op = (FusedConv2d) conv.op();
              List<Tensor> outputs = new ArrayList<>(conv.outputs());
              outputs.set(0, last.output());
              return Rewrite.fuse(
                  List.of(conv),
                  last,
                  new FusedConv2d(op.stride(), op.padding(), relu.slope(), op.pool()),
                  conv.inputs(),
                  outputs);
            });
  }
}
