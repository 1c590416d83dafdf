package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * Scale and shift by fixed numbers: x [any shape] -> y [same shape], {@code y = scale * x + shift}.
 */
public record Affine(float scale, float shift) implements Op {

  @Override
  public void gradient(GradientBuilder g) {
    g.contribute(0, () -> g.scale(scale, g.outputGradient()));
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    outputs.get(0).map(inputs.get(0), x -> scale * x + shift);
  }

  @Override
  public long flops(List<Shape> inputs) {
    return 2L * inputs.get(0).elements();
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(new Affine(2, -3), shape(1)),
        OpCase.of(new Affine(-0.5f, 0), shape(4, 17)),
        OpCase.of(new Affine(0, 1), shape(33)).sprinkle(0, Double.NaN, Double.POSITIVE_INFINITY));
  }
}
