package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * A range of one axis: x [..., D, ...] -> y [..., length, ...], {@code y[..., i, ...] = x[...,
 * start + i, ...]}.
 */
public record Narrow(int axis, int start, int length) implements Op {
  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    Shape x = inputs.get(0);
    require(
        axis >= 0 && axis < x.rank() && start >= 0 && length >= 1 && start <= x.dim(axis) - length,
        inputs,
        "range %d to %d of axis %d does not exist".formatted(start, start + length - 1, axis),
        "axis counts from 0, length is 1 or more");
    return List.of(x.with(axis, length));
  }

  @Override
  public void gradient(GradientBuilder g) {
    int after = g.input(0).shape().dim(axis) - start - length;
    g.contribute(0, () -> g.pad(g.outputGradient(), axis, start, after));
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    Values x = inputs.get(0);
    Values y = outputs.get(0);
    int block = y.dim(axis) * y.shape().inner(axis);
    int stride = x.dim(axis) * x.shape().inner(axis);
    int skip = start * x.shape().inner(axis);
    for (int i = 0; i < y.size(); i++) {
      y.set(i, x.get(i / block * stride + skip + i % block));
    }
  }

  @Override
  public Cost cost(List<Shape> inputs) {
    return Cost.of(0, outputs(inputs), outputs(inputs));
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(new Narrow(0, 0, 1), shape(1)),
        OpCase.of(new Narrow(1, 3, 5), shape(4, 9)),
        OpCase.of(new Narrow(0, 1, 2), shape(3, 4, 5)),
        OpCase.of(new Narrow(1, 0, 16), shape(2, 33, 3)));
  }
}
