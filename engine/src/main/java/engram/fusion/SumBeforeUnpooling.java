package engram.fusion;

import engram.graph.Node;
import engram.op.MaxPool2d;
import engram.op.SumRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code sum_rows(max_pool2d.gradient(indices, d))} becomes {@code sum_rows(d)}: unpooling moves
 * each gradient to one place and leaves zeros elsewhere, so their sum over all places is the same.
 */
final class SumBeforeUnpooling implements Rule {

  @Override
  public Optional<Rewrite> match(Site site, Node last) {
    if (!(last.op() instanceof SumRows)) {
      return Optional.empty();
    }
    return site.maker(last.inputs().get(0), MaxPool2d.Gradient.class)
        .map(unpooled -> last.by(last.op(), unpooled.inputs().get(1)))
        .map(sum -> new Rewrite(Map.of(last, List.of(sum))));
  }
}
