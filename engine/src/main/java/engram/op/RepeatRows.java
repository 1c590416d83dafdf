package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import engram.tensor.ShapeException;
import java.util.List;

/**
 * Repeats a vector as every row: x [C] -> y [..., C], {@code y[r, c] = x[c]}.
 *
 * @param output shape of y, whose innermost extent is C
 */
public record RepeatRows(Shape output) implements Op {

  @Override
  public String name() {
    return "repeat_rows";
  }

  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    if (!inputs.get(0).equals(shape(output.dim(-1)))) {
      throw new ShapeException(
          name(),
          inputs,
          "a row of %s has %d elements".formatted(output, output.dim(-1)),
          "Input is [channels], output [..., channels]");
    }
    return List.of(output);
  }

  @Override
  public void gradient(GradientBuilder g) {
    g.contribute(0, () -> g.sumRows(g.outputGradient()));
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    for (int i = 0; i < outputs.get(0).size(); i++) {
      outputs.get(0).set(i, inputs.get(0).get(i % inputs.get(0).size()));
    }
  }

  @Override
  public Cost cost(List<Shape> inputs) {
    return Cost.of(0, inputs, outputs(inputs));
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(new RepeatRows(shape(1)), shape(1)),
        OpCase.of(new RepeatRows(shape(6, 1)), shape(1)),
        OpCase.of(new RepeatRows(shape(3, 5, 17)), shape(17)));
  }
}
