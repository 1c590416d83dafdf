package engram.op;

import static engram.tensor.Shape.shape;

import java.util.List;

/**
 * Leaky ReLU, elementwise: {@code y = x > 0 ? x : slope * x}.
 *
 * <p>x [any shape] -> y [same shape]. At 0 the gradient is that of the slope side, as in PyTorch.
 * The gradient is told from y, which has the sign of x, so that x need not be kept.
 *
 * @param slope slope for negative inputs, {@code 0 <= slope < 1} (Maas et al. 2013 use 0.01)
 */
public record LeakyRelu(float slope) implements Activation {

  public LeakyRelu {
    require(slope >= 0 && slope < 1, "slope is " + slope + ", expected 0 <= slope < 1");
  }

  @Override
  public double of(double z) {
    return z > 0 ? z : slope * z;
  }

  @Override
  public Op gradient() {
    return new Gradient(slope);
  }

  @Override
  public void gradient(GradientBuilder g) {
    g.contribute(0, new Gradient(slope), g.output(0), g.outputGradient());
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    outputs.get(0).map(inputs.get(0), this::of);
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(new LeakyRelu(0.01f), shape(1)),
        OpCase.of(new LeakyRelu(0.2f), shape(17)),
        OpCase.of(new LeakyRelu(0.01f), shape(2, 5, 3, 32)),
        OpCase.of(new LeakyRelu(0.01f), shape(67))
            .sprinkle(0, 0, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
  }

  /**
   * Gradient of {@link LeakyRelu}: y, dy -> dx [same shape], {@code dx = y > 0 ? dy : slope * dy}.
   */
  public record Gradient(float slope) implements Op {
    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      outputs.get(0).map(inputs.get(0), inputs.get(1), (y, dy) -> y > 0 ? dy : slope * dy);
    }

    @Override
    public List<OpCase> cases() {
      return List.of(
          OpCase.of(new Gradient(0.01f), shape(1), shape(1)),
          OpCase.of(new Gradient(0.2f), shape(2, 5, 33), shape(2, 5, 33)),
          OpCase.of(new Gradient(0.01f), shape(67), shape(67)).sprinkle(0, 0, -0.0, Double.NaN));
    }
  }
}
