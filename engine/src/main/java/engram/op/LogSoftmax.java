package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * Logarithm of {@link Softmax}, over the innermost axis: x [..., K] -> y [..., K],
 *
 * <pre>y[r, k] = x[r, k] - log(sum over j of exp(x[r, j]))</pre>
 *
 * Computed as it stands here, never as the logarithm of a probability, so it stays finite where the
 * probability underflows. A row with NaN or +infinity is NaN throughout, as in PyTorch.
 */
public record LogSoftmax() implements Op {
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
        y.set(k, LogProbability.of(x, k, 1));
      }
    }
  }

  @Override
  public long flops(List<Shape> inputs) {
    return 4L * inputs.get(0).elements();
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(this, shape(1, 2)),
        OpCase.of(this, shape(43)),
        OpCase.of(this, shape(7, 17)),
        OpCase.of(this, shape(2, 3, 5, 16)),
        OpCase.of(this, shape(9, 33)).sprinkle(0, 1e4, -1e4),
        OpCase.of(this, shape(2, 3)).with(0, new Sample.Constant(3e12)).sprinkle(0, 3e12),
        OpCase.of(this, shape(2, 17)).with(0, new Sample.Constant(-3e38)).sprinkle(0, -3e38),
        OpCase.of(this, shape(9, 5)).sprinkle(0, 3e16, 1e38, -1e38),
        OpCase.of(this, shape(16, 5)).sprinkle(0, Double.NaN),
        OpCase.of(this, shape(16, 5)).sprinkle(0, Double.NEGATIVE_INFINITY));
  }

  /**
   * Gradient of {@link LogSoftmax}: y, dy -> dx, all [..., K], {@code dx[r, k] = dy[r, k] -
   * exp(y[r, k]) (sum over j of dy[r, j])}.
   */
  public record Gradient() implements Op {
    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      for (int r = 0; r < inputs.get(0).shape().rows(); r++) {
        Values y = inputs.get(0).row(r);
        Values dy = inputs.get(1).row(r);
        double sum = dy.sum();
        outputs.get(0).row(r).map(y, dy, (logP, d) -> d - StrictMath.exp(logP) * sum);
      }
    }

    @Override
    public long flops(List<Shape> inputs) {
      return 4L * inputs.get(0).elements();
    }

    @Override
    public List<OpCase> cases() {
      Sample logarithms = new Sample.Uniform(-6, 0);
      return List.of(
          OpCase.of(this, shape(1, 1), shape(1, 1)).with(0, logarithms),
          OpCase.of(this, shape(7, 17), shape(7, 17)).with(0, logarithms),
          OpCase.of(this, shape(2, 3, 32), shape(2, 3, 32))
              .with(0, logarithms)
              .sprinkle(0, -1e4, Double.NEGATIVE_INFINITY));
    }
  }
}
