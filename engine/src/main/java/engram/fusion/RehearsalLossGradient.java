package engram.fusion;

import engram.graph.Node;
import engram.op.CrossEntropy;
import engram.op.Elementwise;
import engram.op.KdLoss;
import engram.op.RehearsalKdLoss;
import engram.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * {@code cross_entropy.gradient(p, labels, a d) + kd_loss.gradient(excess, b d)}, in any order and
 * with a factor of 1 left out, becomes {@code rehearsal_kd_loss.gradient(p, labels, excess, d)}.
 */
final class RehearsalLossGradient implements Rule {

  @Override
  public Optional<Rewrite> match(Site site, Node last) {
    if (!last.op().equals(Elementwise.add())) {
      return Optional.empty();
    }
    Tensor a = last.inputs().get(0);
    Tensor b = last.inputs().get(1);
    return match(site, last, a, b).or(() -> match(site, last, b, a));
  }

  private static Optional<Rewrite> match(Site site, Node sum, Tensor first, Tensor second) {
    if (!site.onlyFor(first, sum) || !site.onlyFor(second, sum)) {
      return Optional.empty();
    }
    return site.maker(first, CrossEntropy.Gradient.class)
        .flatMap(
            ce ->
                site.maker(second, KdLoss.Gradient.class).flatMap(kd -> merge(site, sum, ce, kd)));
  }

  private static Optional<Rewrite> merge(Site site, Node sum, Node ce, Node kd) {
    Scaled dce = Scaled.of(site, ce.inputs().get(2));
    Scaled dkd = Scaled.of(site, kd.inputs().get(1));
    if (!dce.value().equals(dkd.value())) {
      return Optional.empty();
    }
    double temperature = ((KdLoss.Gradient) kd.op()).temperature();
    return Optional.of(
        Rewrite.fuse(
            List.of(ce, kd),
            sum,
            new RehearsalKdLoss.Gradient(dce.factor(), dkd.factor(), temperature),
            List.of(ce.inputs().get(0), ce.inputs().get(1), kd.inputs().get(0), dce.value()),
            sum.outputs()));
  }
}
