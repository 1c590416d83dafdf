package engram.op;

import static engram.tensor.Shape.shape;

import java.util.List;
import java.util.Locale;

/**
 * A function of each element: x [any shape] -> y [same shape], {@code y[i] = f(x[i])}.
 *
 * <p>Outside its domain a function is NaN (logarithm and square root of negative numbers); the
 * logarithm of 0 is minus infinity. The gradient of the square root at 0 is infinite.
 */
public record Unary(Kind kind) implements Op {

  /** The function. */
  public enum Kind {
    EXP,
    LOG,
    SQRT
  }

  @Override
  public String name() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void gradient(GradientBuilder g) {
    var dy = g.outputGradient();
    switch (kind) {
      case EXP -> g.contribute(0, () -> g.multiply(dy, g.output(0)));
      case LOG -> g.contribute(0, () -> g.divide(dy, g.input(0)));
      case SQRT -> g.contribute(0, () -> g.scale(0.5, g.divide(dy, g.output(0))));
    }
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    outputs.get(0).map(inputs.get(0), this::of);
  }

  private double of(double x) {
    return switch (kind) {
      case EXP -> StrictMath.exp(x);
      case LOG -> StrictMath.log(x);
      case SQRT -> StrictMath.sqrt(x);
    };
  }

  @Override
  public List<OpCase> cases() {
    Sample positive = new Sample.Uniform(0.5, 2);
    return List.of(
        OpCase.of(this, shape(1)).with(0, positive),
        OpCase.of(this, shape(3, 17)).with(0, positive),
        OpCase.of(this, shape(2, 3, 33)).with(0, positive),
        OpCase.of(this, shape(67))
            .with(0, positive)
            .sprinkle(0, 0, -1, 1e-40, Double.NaN, Double.POSITIVE_INFINITY),
        OpCase.of(this, shape(67))
            .with(0, positive)
            .sprinkle(0, 200, -200, Double.NEGATIVE_INFINITY));
  }
}
