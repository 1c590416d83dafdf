package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * Fully connected layer, fused: x [N, I], w [O, I], b [O] -> y [N, O], {@code y[n, o] = b[o] + sum
 * over i of x[n, i] w[o, i]}. The weight lies as in {@code torch.nn.Linear}.
 */
public record Linear() implements Op {
  private static final String LAYOUT =
      "Input is [batch, in], weight [out, in], bias [out], as in torch.nn.Linear";

  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    Shape x = inputs.get(0);
    Shape w = inputs.get(1);
    require(x.rank() == 2 && w.rank() == 2, inputs, "input and weight must have rank 2", LAYOUT);
    require(
        x.dim(1) == w.dim(1),
        inputs,
        "input has %d columns but weight expects %d".formatted(x.dim(1), w.dim(1)),
        LAYOUT);
    require(
        inputs.get(2).equals(shape(w.dim(0))),
        inputs,
        "the bias must be a vector of %d elements".formatted(w.dim(0)),
        LAYOUT);
    return List.of(shape(x.dim(0), w.dim(0)));
  }

  @Override
  public void gradient(GradientBuilder g) {
    g.contribute(0, () -> g.matmul(g.outputGradient(), g.input(1)));
    g.contribute(1, () -> g.matmul(g.transposed(g.outputGradient()), g.input(0)));
    g.contribute(2, () -> g.sumRows(g.outputGradient()));
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    new MatMul(false, true).reference(inputs.subList(0, 2), outputs);
    Values y = outputs.get(0);
    for (int i = 0; i < y.size(); i++) {
      y.add(i, inputs.get(2).get(i % y.dim(1)));
    }
  }

  @Override
  public long flops(List<Shape> inputs) {
    return (2L * inputs.get(0).dim(1) + 1) * outputs(inputs).get(0).elements();
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        of(1, 1, 1),
        of(5, 7, 3),
        of(6, 67, 17),
        of(3, 600, 43),
        of(64, 33, 16),
        of(4, 16, 9).sprinkle(0, Double.NaN, Double.NEGATIVE_INFINITY));
  }

  private OpCase of(int batch, int in, int out) {
    return OpCase.of(this, shape(batch, in), shape(out, in), shape(out));
  }
}
