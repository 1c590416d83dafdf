package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * Sum over all but the innermost axis: x [..., C] -> y [C], {@code y[c] = sum over r of x[r, c]}.
 */
public record SumRows() implements Op {
  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    return List.of(shape(inputs.get(0).dim(-1)));
  }

  @Override
  public void gradient(GradientBuilder g) {
    g.contribute(0, () -> g.repeatRows(g.outputGradient(), g.input(0).shape()));
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    Values y = outputs.get(0);
    y.fill(0);
    for (int i = 0; i < inputs.get(0).size(); i++) {
      y.add(i % y.size(), inputs.get(0).get(i));
    }
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(this, shape(1, 1)),
        OpCase.of(this, shape(7, 43)),
        OpCase.of(this, shape(3, 9, 9, 33)),
        OpCase.of(this, shape(5, 16)).sprinkle(0, Double.NaN, Double.POSITIVE_INFINITY));
  }
}
