package engram.fusion;

import engram.graph.Node;
import engram.op.AddBias;
import engram.op.Linear;
import engram.op.MatMul;
import java.util.List;
import java.util.Optional;

/** {@code add_bias(matmul(x, w^T), b)} becomes {@code linear(x, w, b)}. */
final class LinearWithBias implements Rule {
  private static final MatMul BY_ROWS_OF_WEIGHT = new MatMul(false, true);

  @Override
  public Optional<Rewrite> match(Site site, Node last) {
    if (!(last.op() instanceof AddBias)) {
      return Optional.empty();
    }
    return site.maker(last.inputs().get(0), MatMul.class)
        .filter(product -> product.op().equals(BY_ROWS_OF_WEIGHT))
        .filter(product -> site.onlyFor(product.output(), last))
        .map(
            product ->
                Rewrite.fuse(
                    List.of(product),
                    last,
                    new Linear(),
                    List.of(product.inputs().get(0), product.inputs().get(1), last.inputs().get(1)),
                    last.outputs()));
  }
}
