package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/** The gradient of a loss with respect to itself: no operand -> y [1], {@code y = 1}. */
public record One() implements Op {
  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    return List.of(shape(1));
  }

  @Override
  public void gradient(GradientBuilder g) {
    // Nothing flows into a constant.
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    outputs.get(0).set(0, 1);
  }

  @Override
  public long flops(List<Shape> inputs) {
    return 0;
  }

  @Override
  public List<OpCase> cases() {
    return List.of(OpCase.of(this));
  }
}
