package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * Mean squared difference over all elements: a, b [any shape, the same] -> loss [1],
 *
 * <pre>loss = 1/count sum over i of (a[i] - b[i])^2</pre>
 */
public record MeanSquaredError() implements Op {
  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    Op.super.outputs(inputs);
    return List.of(shape(1));
  }

  @Override
  public void gradient(GradientBuilder g) {
    g.contribute(0, new Gradient(), g.input(0), g.input(1), g.outputGradient());
    g.contribute(1, new Gradient(), g.input(1), g.input(0), g.outputGradient());
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    double total = 0;
    for (int i = 0; i < inputs.get(0).size(); i++) {
      double difference = inputs.get(0).get(i) - inputs.get(1).get(i);
      total += difference * difference;
    }
    outputs.get(0).set(0, total / inputs.get(0).size());
  }

  @Override
  public long flops(List<Shape> inputs) {
    return 3L * inputs.get(0).elements();
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(this, shape(1), shape(1)),
        OpCase.of(this, shape(5, 17), shape(5, 17)),
        OpCase.of(this, shape(41, 1000), shape(41, 1000)),
        OpCase.of(this, shape(3, 16), shape(3, 16)).sprinkle(0, Double.NaN),
        OpCase.of(this, shape(33), shape(33)).sprinkle(1, 1e4, -1e4));
  }

  /**
   * Gradient of {@link MeanSquaredError} with respect to its first operand: a, b, dloss [1] -> da,
   * {@code da[i] = 2 (a[i] - b[i]) dloss / count}. Swapped operands give the other gradient.
   */
  public record Gradient() implements Op {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      require(
          inputs.get(0).equals(inputs.get(1)) && inputs.get(2).equals(shape(1)),
          inputs,
          "a and b need one shape, the loss one element",
          "Operands: a, b, dloss");
      return inputs.subList(0, 1);
    }

    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      Values a = inputs.get(0);
      double scale = 2 * inputs.get(2).get(0) / a.size();
      outputs.get(0).map(a, inputs.get(1), (x, y) -> (x - y) * scale);
    }

    @Override
    public long flops(List<Shape> inputs) {
      return 2L * inputs.get(0).elements();
    }

    @Override
    public List<OpCase> cases() {
      return List.of(
          OpCase.of(this, shape(1), shape(1), shape(1)),
          OpCase.of(this, shape(5, 17), shape(5, 17), shape(1)),
          OpCase.of(this, shape(64), shape(64), shape(1)).sprinkle(0, Double.NaN));
    }
  }
}
