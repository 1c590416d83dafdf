package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/** Overwrites operand 0: target, value [any shape, the same], {@code target := value}. */
public record Assign() implements Op {
  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    Op.super.outputs(inputs);
    return List.of();
  }

  @Override
  public List<Integer> updates() {
    return List.of(0);
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    inputs.get(0).map(inputs.get(1), value -> value);
  }

  @Override
  public Cost cost(List<Shape> inputs) {
    return Cost.of(0, inputs, List.of());
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(this, shape(1), shape(1)), OpCase.of(this, shape(3, 17), shape(3, 17)));
  }
}
