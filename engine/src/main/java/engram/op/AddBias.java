package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * Adds a vector to every row: x [..., C], b [C] -> y [..., C], {@code y[r, c] = x[r, c] + b[c]}.
 */
public record AddBias() implements Op {
  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    Shape x = inputs.get(0);
    require(
        inputs.get(1).equals(shape(x.dim(-1))),
        inputs,
        "the bias must be a vector of %d elements".formatted(x.dim(-1)),
        "Input is [..., channels], bias [channels]");
    return List.of(x);
  }

  @Override
  public void gradient(GradientBuilder g) {
    g.contribute(0, g.outputGradient());
    g.contribute(1, () -> g.sumRows(g.outputGradient()));
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    int columns = inputs.get(1).size();
    for (int i = 0; i < inputs.get(0).size(); i++) {
      outputs.get(0).set(i, inputs.get(0).get(i) + inputs.get(1).get(i % columns));
    }
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(this, shape(1, 1), shape(1)),
        OpCase.of(this, shape(5, 43), shape(43)),
        OpCase.of(this, shape(2, 3, 5, 32), shape(32)),
        OpCase.of(this, shape(3, 17), shape(17)).sprinkle(0, Double.NaN, Double.NEGATIVE_INFINITY));
  }
}
