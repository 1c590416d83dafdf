package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * Cross-entropy of logits and labels, mean over the batch, as {@code
 * torch.nn.functional.cross_entropy}.
 *
 * <p>logits [N, K], labels [N] with whole numbers 0 .. K - 1 -> loss [1], probabilities [N, K]:
 *
 * <pre>loss = 1/N sum over n of (log(sum over k of exp(logits[n, k])) - logits[n, labels[n]])</pre>
 *
 * The by-product is softmax(logits), from which the gradient is told. A label that is no class
 * makes the loss NaN, and its row of the by-product and so of the gradient: a kernel cannot
 * complain in the middle of a step, and NaN is hard to miss.
 */
public record CrossEntropy() implements Op {
  private static final String LAYOUT = "Operands are logits [batch, classes], labels [batch]";

  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    Shape logits = inputs.get(0);
    require(logits.rank() == 2, inputs, "logits must have rank 2", LAYOUT);
    require(
        inputs.get(1).equals(shape(logits.dim(0))),
        inputs,
        "there must be %d labels".formatted(logits.dim(0)),
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
    for (int n = 0; n < logits.dim(0); n++) {
      Values row = logits.row(n);
      double label = inputs.get(1).get(n);
      boolean isClass = label >= 0 && label < row.size() && label == Math.rint(label);
      Values probabilities = outputs.get(1).row(n);
      for (int k = 0; k < row.size(); k++) {
        probabilities.set(k, isClass ? StrictMath.exp(LogProbability.of(row, k, 1)) : Double.NaN);
      }
      total -= isClass ? LogProbability.of(row, (int) label, 1) : Double.NaN;
    }
    outputs.get(0).set(0, total / logits.dim(0));
  }

  @Override
  public long flops(List<Shape> inputs) {
    return 6L * inputs.get(0).elements();
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        of(1, 1),
        of(1, 2),
        of(5, 17),
        of(64, 43),
        of(33, 16),
        of(9, 7).sprinkle(0, 1e4, -1e4),
        of(2, 3).with(0, new Sample.Constant(3e16)).sprinkle(0, 3e16),
        of(2, 17).with(0, new Sample.Constant(-3e38)).sprinkle(0, -3e38),
        of(4, 9).sprinkle(0, Double.NaN),
        of(4, 3).sprinkle(1, 3, -1, 0.5));
  }

  private OpCase of(int batch, int classes) {
    return OpCase.of(this, shape(batch, classes), shape(batch)).with(1, new Sample.Whole(classes));
  }

  /**
   * Gradient of {@link CrossEntropy}: probabilities [N, K], labels [N], dloss [1] -> dlogits [N,
   * K], {@code dlogits[n, k] = (probabilities[n, k] - (k == labels[n] ? 1 : 0)) dloss / N}.
   */
  public record Gradient() implements Op {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      require(
          inputs.get(2).equals(shape(1)),
          inputs,
          "a loss has one element",
          "Operands are probabilities, labels, dloss");
      return new CrossEntropy().outputs(inputs.subList(0, 2)).subList(1, 2);
    }

    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      Values probabilities = inputs.get(0);
      int classes = probabilities.dim(1);
      double scale = inputs.get(2).get(0) / probabilities.dim(0);
      for (int i = 0; i < probabilities.size(); i++) {
        double target = i % classes == inputs.get(1).get(i / classes) ? 1 : 0;
        outputs.get(0).set(i, (probabilities.get(i) - target) * scale);
      }
    }

    @Override
    public long flops(List<Shape> inputs) {
      return 2L * inputs.get(0).elements();
    }

    @Override
    public List<OpCase> cases() {
      return List.of(of(1, 1), of(5, 17), of(64, 43), of(3, 16).sprinkle(0, Double.NaN));
    }

    private OpCase of(int batch, int classes) {
      return OpCase.of(this, shape(batch, classes), shape(batch), shape(1))
          .with(0, new Sample.Probabilities(classes))
          .with(1, new Sample.Whole(classes));
    }
  }
}
