package engram.op;

import static engram.tensor.Shape.shape;

import java.util.List;

/**
 * ReLU, elementwise: {@code y = x <= 0 ? 0 : x}, so that NaN stays NaN, as in PyTorch.
 *
 * <p>x [any shape] -> y [same shape]. The gradient at 0 is 0. It is told from y, so that x need not
 * be kept.
 */
public record Relu() implements Activation {
  @Override
  public double of(double z) {
    return z <= 0 ? 0 : z;
  }

  @Override
  public float slope() {
    return 0;
  }

  @Override
  public Op gradient() {
    return new Gradient();
  }

  @Override
  public void gradient(GradientBuilder g) {
    g.contribute(0, () -> g.where(g.output(0), g.outputGradient()));
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    outputs.get(0).map(inputs.get(0), this::of);
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(this, shape(1)),
        OpCase.of(this, shape(17)),
        OpCase.of(this, shape(2, 5, 3, 32)),
        OpCase.of(this, shape(67))
            .sprinkle(0, 0, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
  }

  /** Gradient of {@link Relu}: y, dy -> dx [same shape], {@code dx = y <= 0 ? 0 : dy}. */
  public record Gradient() implements Op {
    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      outputs.get(0).map(inputs.get(0), inputs.get(1), (y, dy) -> y <= 0 ? 0 : dy);
    }

    @Override
    public List<OpCase> cases() {
      return List.of(
          OpCase.of(this, shape(1), shape(1)),
          OpCase.of(this, shape(2, 5, 33), shape(2, 5, 33)),
          OpCase.of(this, shape(67), shape(67))
              .sprinkle(0, 0, -0.0, Double.NaN)
              .sprinkle(1, Double.NaN, Double.POSITIVE_INFINITY));
    }
  }
}
