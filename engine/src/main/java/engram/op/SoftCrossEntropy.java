package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * Cross-entropy of logits and target probabilities, mean over the batch, as {@code
 * torch.nn.functional.cross_entropy} with probabilities: smoothed labels, mixed images.
 *
 * <p>logits [N, K], targets [N, K] -> loss [1], probabilities [N, K]:
 *
 * <pre>loss = -1/N sum over n, k of targets[n, k] log_softmax(logits)[n, k]</pre>
 *
 * Rows of targets need not sum to one. No gradient flows to them.
 */
public record SoftCrossEntropy() implements Op {
  private static final String LAYOUT = "Operands are logits, targets, both [batch, classes]";

  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    Shape logits = inputs.get(0);
    require(
        logits.rank() == 2 && inputs.get(1).equals(logits),
        inputs,
        "both must have one shape of rank 2",
        LAYOUT);
    return List.of(shape(1), logits);
  }

  @Override
  public boolean differentiable(int input) {
    return input == 0;
  }

  @Override
  public void gradient(GradientBuilder g) {
    g.contribute(0, new Gradient(), g.output(1), g.input(1), g.outputGradient());
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    Values logits = inputs.get(0);
    double total = 0;
    for (int i = 0; i < logits.size(); i++) {
      int classes = logits.dim(1);
      double logarithm = LogProbability.of(logits.row(i / classes), i % classes, 1);
      outputs.get(1).set(i, StrictMath.exp(logarithm));
      total -= inputs.get(1).get(i) * logarithm;
    }
    outputs.get(0).set(0, total / logits.dim(0));
  }

  @Override
  public long flops(List<Shape> inputs) {
    return 8L * inputs.get(0).elements();
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        of(1, 2),
        of(5, 17),
        of(64, 43),
        of(3, 16).with(1, new Sample.Normal(1)),
        of(9, 7).sprinkle(0, 1e4, -1e4),
        of(4, 9).sprinkle(0, Double.NaN));
  }

  private OpCase of(int batch, int classes) {
    return OpCase.of(this, shape(batch, classes), shape(batch, classes))
        .with(1, new Sample.Probabilities(classes));
  }

  /**
   * Gradient of {@link SoftCrossEntropy}: probabilities [N, K], targets [N, K], dloss [1] ->
   * dlogits [N, K],
   *
   * <pre>
   * dlogits[n, k] = (probabilities[n, k] (sum over j of targets[n, j]) - targets[n, k]) dloss / N
   * </pre>
   */
  public record Gradient() implements Op {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      require(
          inputs.get(2).equals(shape(1)),
          inputs,
          "a loss has one element",
          "Operands are probabilities, targets, dloss");
      return new SoftCrossEntropy().outputs(inputs.subList(0, 2)).subList(1, 2);
    }

    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      Values probabilities = inputs.get(0);
      Values targets = inputs.get(1);
      double scale = inputs.get(2).get(0) / probabilities.dim(0);
      for (int n = 0; n < probabilities.dim(0); n++) {
        double sum = targets.row(n).sum();
        outputs
            .get(0)
            .row(n)
            .map(probabilities.row(n), targets.row(n), (p, t) -> (p * sum - t) * scale);
      }
    }

    @Override
    public long flops(List<Shape> inputs) {
      return 4L * inputs.get(0).elements();
    }

    @Override
    public List<OpCase> cases() {
      return List.of(of(1, 1), of(5, 17), of(64, 43), of(3, 16).sprinkle(0, Double.NaN));
    }

    private OpCase of(int batch, int classes) {
      return OpCase.of(this, shape(batch, classes), shape(batch, classes), shape(1))
          .with(0, new Sample.Probabilities(classes))
          .with(1, new Sample.Uniform(0, 1));
    }
  }
}
