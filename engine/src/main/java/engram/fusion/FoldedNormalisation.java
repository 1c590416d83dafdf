package engram.fusion;

import engram.graph.Node;
import engram.op.Affine;
import engram.op.BatchNormInference;
import engram.op.Conv2d;
import engram.op.FusedConv2d;
import engram.op.Op;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * With fixed statistics a batch normalisation is a factor and a summand for each channel, and so
 * may be taken into the weight and the bias of the convolution before it, where there is a bias:
 *
 * <pre>
 * norm(conv2d(x, w) + b) = conv2d(x, w') + b'
 * w'[i, j, c, o] = w[i, j, c, o] inverse[o] gamma[o]
 * b'[o] = (b[o] - mean[o]) inverse[o] gamma[o] + beta[o]
 * </pre>
 *
 * Both are batch normalisations themselves: b' that of b, w' that of w with mean and beta 0. They
 * are made anew in each run, for parameters may change between two. An infinite gamma makes its
 * channel NaN.
 */
final class FoldedNormalisation implements Rule {

  @Override
  public String pattern() {
    return "batch_norm_inference(conv2d(x, w)) -> fused_conv2d by a normalised weight, with a bias"
        + " before it or without";
  }

  @Override
  public Match match(Site site, Node last) {
    if (!(last.op() instanceof BatchNormInference)) {
      return Match.NONE;
    }
    return site.maker(last.inputs().getFirst(), Op.class)
        .flatMap(
            conv ->
                switch (conv.op()) {
                  case Conv2d op -> Optional.of(fold(site, conv, op, last));
                  case FusedConv2d op when op.isBiased() ->
                      Optional.of(fold(site, conv, op.convolution(), last));
                  default -> Optional.empty();
                })
        .orElse(Match.NONE);
  }

  private static Match fold(Site site, Node conv, Conv2d op, Node norm) {
    Tensor between = norm.inputs().getFirst();
    Tensor weight = conv.inputs().get(1);
    return Match.unless(
        Match.first(
            site.wantedBesides(between, norm),
            () ->
                Match.first(
                    site.wantedBesides(norm.outputs().get(1)),
                    () ->
                        Match.require(
                            weight.shape().elements() <= between.shape().elements(),
                            "the weight has more elements than the result, which are cheaper to"
                                + " normalise"))),
        () -> folded(site, conv, op, norm));
  }

  private static Rewrite folded(Site site, Node conv, Conv2d op, Node norm) {
    Tensor x = conv.inputs().getFirst();
    Tensor weight = conv.inputs().get(1);
    Tensor gamma = norm.inputs().get(1);
    Tensor zero = site.fresh("zero", gamma.shape());
    Tensor bias = conv.inputs().size() > 2 ? conv.inputs().get(2) : zero;
    Node ofWeight =
        normalised(site, norm, weight, List.of(gamma, zero, zero, norm.inputs().get(4)));
    Node ofBias = normalised(site, norm, bias, norm.inputs().subList(1, 5));
    Op fused = new FusedConv2d(op.stride(), op.padding(), 1, 1);
    List<Node> given =
        List.of(
            new Node(new Affine(0, 0), List.of(gamma), List.of(zero), norm.phase()),
            ofWeight,
            ofBias,
            new Node(
                fused,
                List.of(x, ofWeight.output(), ofBias.output()),
                List.of(norm.output()),
                norm.phase()));
    return new Rewrite(Map.of(conv, List.of(), norm, given));
  }

  /** The normalisation of another tensor with other parameters. */
  private static Node normalised(Site site, Node norm, Tensor x, List<Tensor> parameters) {
    List<Tensor> inputs = new ArrayList<>(List.of(x));
    inputs.addAll(parameters);
    Shape channels = parameters.getFirst().shape();
    Tensor y = site.fresh(x.name() + ".normalised", x.shape());
    Tensor inverse = site.fresh("inverse", channels);
    return new Node(norm.op(), inputs, List.of(y, inverse), norm.phase());
  }
}
