package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * The same storage seen as another shape: a reshape, or a contiguous part of it. x [any shape] -> y
 * [output], {@code y[i] = x[offset + i]} where i counts all elements. A plan gives the output the
 * storage of the input, so a view costs nothing.
 *
 * @param offset first element of x that belongs to y
 * @param output shape of y
 */
public record View(int offset, Shape output) implements Op {

  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    require(
        offset >= 0 && offset <= inputs.get(0).elements() - output.elements(),
        inputs,
        "elements %d to %d are asked for, but there are %d"
            .formatted(offset, offset + output.elements() - 1, inputs.get(0).elements()),
        "The view's shape is " + output);
    return List.of(output);
  }

  @Override
  public void gradient(GradientBuilder g) {
    Shape x = g.input(0).shape();
    if (x.elements() == output.elements()) {
      g.contribute(0, () -> g.reshape(g.outputGradient(), x));
    } else if (g.needs(0)) {
      var flat = g.reshape(g.outputGradient(), shape(output.elements()));
      int after = x.elements() - offset - output.elements();
      g.contribute(0, g.reshape(g.pad(flat, 0, offset, after), x));
    }
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    for (int i = 0; i < output.elements(); i++) {
      outputs.get(0).set(i, inputs.get(0).get(offset + i));
    }
  }

  @Override
  public Cost cost(List<Shape> inputs) {
    return new Cost(0, 0);
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(new View(0, shape(1)), shape(1, 1)),
        OpCase.of(new View(0, shape(3, 10)), shape(2, 3, 5)),
        OpCase.of(new View(4, shape(2, 3)), shape(13)));
  }
}
