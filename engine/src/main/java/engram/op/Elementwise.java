package engram.op;

import static engram.tensor.Shape.shape;

import java.util.List;
import java.util.Locale;

/**
 * Arithmetic on two tensors, element by element: a, b [any shape, the same] -> y [same shape],
 * {@code y[i] = a[i] op b[i]}.
 */
public record Elementwise(Kind kind) implements Op {

  /** The operation. */
  public enum Kind {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE
  }

  @Override
  public String name() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void gradient(GradientBuilder g) {
    var a = g.input(0);
    var b = g.input(1);
    var dy = g.outputGradient();
    switch (kind) {
      case ADD -> {
        g.contribute(0, dy);
        g.contribute(1, dy);
      }
      case SUBTRACT -> {
        g.contribute(0, dy);
        g.contribute(1, () -> g.scale(-1, dy));
      }
      case MULTIPLY -> {
        g.contribute(0, () -> g.multiply(dy, b));
        g.contribute(1, () -> g.multiply(dy, a));
      }
      case DIVIDE -> {
        var quotient = g.divide(dy, b);
        g.contribute(0, quotient);
        g.contribute(1, () -> g.scale(-1, g.multiply(quotient, g.output(0))));
      }
    }
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    outputs.get(0).map(inputs.get(0), inputs.get(1), this::of);
  }

  private double of(double a, double b) {
    return switch (kind) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
    };
  }

  @Override
  public List<OpCase> cases() {
    Sample awayFromZero = new Sample.Uniform(0.5, 2);
    return List.of(
        OpCase.of(this, shape(1), shape(1)).with(1, awayFromZero),
        OpCase.of(this, shape(5, 7), shape(5, 7)).with(1, awayFromZero),
        OpCase.of(this, shape(2, 3, 33), shape(2, 3, 33)).with(1, awayFromZero),
        OpCase.of(this, shape(65), shape(65))
            .sprinkle(0, 0, -0.0, Double.NaN, Double.POSITIVE_INFINITY)
            .sprinkle(1, 0, Double.NEGATIVE_INFINITY));
  }
}
