package engram.fusion;

import engram.graph.Node;
import engram.op.Activation;
import engram.op.MaxPool2d;
import engram.op.Op;
import engram.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code max_pool2d(relu(z))} becomes {@code relu(max_pool2d(z))}, the same for a leaky ReLU, and
 * their backward passes change places alike. Both are monotone, so the values are the same, and
 * behind the pooling there are fewer to activate.
 *
 * <p>Ties may be broken differently: with slope 0 between negative numbers, whose gradients are 0,
 * with another slope between negative numbers that rounding makes equal. With slope 0 an infinite
 * negative number that nothing beats becomes 0, where the other order makes it NaN.
 */
final class PoolBeforeActivation implements Rule {

  @Override
  public String pattern() {
    return "max_pool2d(relu(z)) -> relu(max_pool2d(z)), leaky or not, and their gradients alike";
  }

  @Override
  public Match match(Site site, Node last) {
    if (!(last.op() instanceof MaxPool2d)) {
      return Match.NONE;
    }
    return site.maker(last.inputs().get(0), Activation.class)
        .map(activation -> swap(site, activation, last))
        .orElse(Match.NONE);
  }

  private static Match swap(Site site, Node activation, Node pool) {
    Tensor activated = activation.output();
    Tensor pooled = site.fresh(activated.name() + ".pooled", pool.output().shape());
    Tensor indices = pool.outputs().get(1);
    Map<Node, List<Node>> replacements = new HashMap<>();
    replacements.put(
        activation,
        List.of(new Node(pool.op(), activation.inputs(), List.of(pooled, indices), pool.phase())));
    replacements.put(
        pool,
        List.of(new Node(activation.op(), List.of(pooled), List.of(pool.output()), pool.phase())));
    Optional<String> wanted = site.wantedBesides(activated, pool);
    if (wanted.isEmpty()) {
      return new Match.Found(new Rewrite(replacements));
    }
    Op gradient = ((Activation) activation.op()).gradient();
    return site.readers(activated).stream()
        .filter(reader -> reader.op().equals(gradient))
        .filter(reader -> reader.inputs().get(0).equals(activated))
        .filter(reader -> site.wantedBesides(activated, pool, reader).isEmpty())
        .findFirst()
        .flatMap(reader -> swapBackward(site, pool, reader))
        .<Match>map(
            backward -> {
              replacements.putAll(backward);
              return new Match.Found(new Rewrite(replacements));
            })
        .orElseGet(() -> new Match.Refused(wanted.get()));
  }

  /** The same in the backward pass: unpooling and the ReLU's gradient change places. */
  private static Optional<Map<Node, List<Node>>> swapBackward(Site site, Node pool, Node gradient) {
    return site.maker(gradient.inputs().get(1), MaxPool2d.Gradient.class)
        .filter(unpooled -> unpooled.inputs().get(0).equals(pool.outputs().get(1)))
        .filter(unpooled -> site.wantedBesides(unpooled.output(), gradient).isEmpty())
        .map(
            unpooled -> {
              Tensor indices = unpooled.inputs().get(0);
              Tensor dy = unpooled.inputs().get(1);
              Tensor between = site.fresh("d." + pool.output().name(), dy.shape());
              Node activate =
                  new Node(
                      gradient.op(),
                      List.of(pool.output(), dy),
                      List.of(between),
                      unpooled.phase());
              Node unpool = gradient.by(unpooled.op(), indices, between);
              return Map.of(unpooled, List.of(activate), gradient, List.of(unpool));
            });
  }
}
