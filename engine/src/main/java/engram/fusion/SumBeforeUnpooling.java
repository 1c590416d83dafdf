package engram.fusion;

import engram.graph.Node;
import engram.op.MaxPool2d;
import engram.op.SumRows;
import java.util.List;
import java.util.Map;

/**
 * {@code sum_rows(max_pool2d.gradient(indices, d))} becomes {@code sum_rows(d)}: unpooling moves
 * each gradient to one place and leaves zeros elsewhere, so their sum over all places is the same.
 */
final class SumBeforeUnpooling implements Rule {

  @Override
  public String pattern() {
    return "sum_rows(max_pool2d.gradient(indices, d)) -> sum_rows(d)";
  }

  @Override
  public Match match(Site site, Node last) {
    if (!(last.op() instanceof SumRows)) {
      return Match.NONE;
    }
    return site.maker(last.inputs().get(0), MaxPool2d.Gradient.class)
        .map(unpooled -> last.by(last.op(), unpooled.inputs().get(1)))
        .<Match>map(sum -> new Match.Found(new Rewrite(Map.of(last, List.of(sum)))))
        .orElse(Match.NONE);
  }
}
