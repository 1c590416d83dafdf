package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * Repeats a tensor along axes that it does not have; the gradient of {@link Reduce}.
 *
 * <p>x [A, C] -> y [A, B, C], where B stands for the axes {@code first} to {@code last} of y and A
 * and C for those before and after; x [1] if B is all:
 *
 * <pre>y[a, b, c] = x[a, c]</pre>
 *
 * @param first first axis of y that x does not have
 * @param last last such axis
 * @param output shape of y
 */
public record Expand(int first, int last, Shape output) implements Op {
  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    Shape expected = new Reduce(Reduce.Kind.SUM, first, last).outputs(List.of(output)).get(0);
    require(
        inputs.get(0).equals(expected),
        inputs,
        "input must have shape %s".formatted(expected),
        "That is output %s without axes %d to %d".formatted(output, first, last));
    return List.of(output);
  }

  @Override
  public void gradient(GradientBuilder g) {
    g.contribute(0, new Reduce(Reduce.Kind.SUM, first, last), g.outputGradient());
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    int inner = output.inner(last);
    int block = output.elements() / output.outer(first);
    for (int i = 0; i < output.elements(); i++) {
      outputs.get(0).set(i, inputs.get(0).get(i / block * inner + i % inner));
    }
  }

  @Override
  public long flops(List<Shape> inputs) {
    return 0;
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(new Expand(0, 0, shape(1)), shape(1)),
        OpCase.of(new Expand(0, 1, shape(5, 67)), shape(1)),
        OpCase.of(new Expand(0, 0, shape(5, 17)), shape(17)),
        OpCase.of(new Expand(0, 0, shape(6, 1)), shape(1)),
        OpCase.of(new Expand(0, 1, shape(3, 5, 17)), shape(17)),
        OpCase.of(new Expand(1, 1, shape(5, 33)), shape(5)),
        OpCase.of(new Expand(1, 2, shape(3, 4, 5, 17)), shape(3, 17)));
  }
}
