package engram.fusion;

import engram.graph.Node;
import engram.op.CrossEntropy;
import engram.op.Elementwise;
import engram.op.KdLoss;
import engram.op.RehearsalKdLoss;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code a cross_entropy(logits, labels) + b kd_loss(logits, old)}, in any order and with a factor
 * of 1 left out, becomes {@code rehearsal_kd_loss(logits, labels, old)}. The two losses stay
 * readable.
 */
final class RehearsalLoss implements Rule {

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
    Scaled hard = Scaled.of(site, first);
    Scaled soft = Scaled.of(site, second);
    Optional<Node> ce = site.maker(hard.value(), CrossEntropy.class);
    Optional<Node> kd = site.maker(soft.value(), KdLoss.class);
    if (ce.isEmpty() || kd.isEmpty()) {
      return Optional.empty();
    }
    Tensor logits = ce.get().inputs().get(0);
    boolean apart =
        !kd.get().inputs().get(0).equals(logits)
            || !ce.get().output().equals(hard.value())
            || !kd.get().output().equals(soft.value());
    if (apart) {
      return Optional.empty();
    }
    for (Scaled term : List.of(hard, soft)) {
      for (Node scaling : term.by()) {
        if (!site.onlyFor(scaling.output(), sum)) {
          return Optional.empty();
        }
      }
    }
    List<Node> removed = new ArrayList<>(List.of(ce.get(), kd.get()));
    removed.addAll(hard.by());
    removed.addAll(soft.by());
    double temperature = ((KdLoss) kd.get().op()).temperature();
    return Optional.of(
        Rewrite.fuse(
            removed,
            sum,
            new RehearsalKdLoss(hard.factor(), soft.factor(), temperature),
            List.of(logits, ce.get().inputs().get(1), kd.get().inputs().get(1)),
            List.of(
                sum.output(),
                ce.get().output(),
                kd.get().output(),
                ce.get().outputs().get(1),
                kd.get().outputs().get(1))));
  }
}
