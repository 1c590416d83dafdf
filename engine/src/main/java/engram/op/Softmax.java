package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * Softmax over the innermost axis: x [..., K] -> y [..., K],
 *
 * <pre>y[r, k] = exp(x[r, k]) / sum over j of exp(x[r, j])</pre>
 *
 * The maximum of a row is subtracted first, so logits of any size are safe. A row with NaN or
 * +infinity is NaN throughout, as in PyTorch; -infinity gives probability 0.
 */
public record Softmax() implements Op {
  @Override
  public void gradient(GradientBuilder g) {
    g.contribute(0, new Gradient(), g.output(0), g.outputGradient());
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    for (int r = 0; r < inputs.get(0).shape().rows(); r++) {
      Values x = inputs.get(0).row(r);
      Values y = outputs.get(0).row(r);
      for (int k = 0; k < x.size(); k++) {
        y.set(k, StrictMath.exp(LogProbability.of(x, k, 1)));
      }
    }
  }

  @Override
  public long flops(List<Shape> inputs) {
    return 5L * inputs.get(0).elements();
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(this, shape(1, 1)),
        OpCase.of(this, shape(43)),
        OpCase.of(this, shape(7, 17)),
        OpCase.of(this, shape(2, 3, 5, 16)),
        OpCase.of(this, shape(9, 33)).sprinkle(0, 1e4, -1e4),
        OpCase.of(this, shape(3, 4)).with(0, new Sample.Uniform(-1002, -1000)),
        OpCase.of(this, shape(2, 3)).with(0, new Sample.Constant(3e12)).sprinkle(0, 3e12),
        OpCase.of(this, shape(2, 17)).with(0, new Sample.Constant(-3e38)).sprinkle(0, -3e38),
        OpCase.of(this, shape(9, 5)).sprinkle(0, 3e16, 3e38, -3e38),
        OpCase.of(this, shape(16, 5)).sprinkle(0, Double.NaN),
        OpCase.of(this, shape(16, 5)).sprinkle(0, Double.NEGATIVE_INFINITY));
  }

  /**
   * Gradient of {@link Softmax}: y, dy -> dx, all [..., K], {@code dx[r, k] = y[r, k] (dy[r, k] -
   * sum over j of y[r, j] dy[r, j])}.
   */
  public record Gradient() implements Op {
    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      for (int r = 0; r < inputs.get(0).shape().rows(); r++) {
        Values y = inputs.get(0).row(r);
        Values dy = inputs.get(1).row(r);
        double sum = y.dot(dy);
        outputs.get(0).row(r).map(y, dy, (p, d) -> p * (d - sum));
      }
    }

    @Override
    public long flops(List<Shape> inputs) {
      return 4L * inputs.get(0).elements();
    }

    @Override
    public List<OpCase> cases() {
      return List.of(
          OpCase.of(this, shape(1, 1), shape(1, 1)).with(0, new Sample.Probabilities(1)),
          OpCase.of(this, shape(7, 17), shape(7, 17)).with(0, new Sample.Probabilities(17)),
          OpCase.of(this, shape(2, 3, 32), shape(2, 3, 32))
              .with(0, new Sample.Probabilities(32))
              .sprinkle(1, Double.NaN));
    }
  }
}
