package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * Tensors one behind the other along an axis: x1 [..., D1, ...], x2 [..., D2, ...], ... -> y [...,
 * D1 + D2 + ..., ...]. All other dimensions are equal.
 *
 * <pre>y[..., i, ...] = x1[..., i, ...]          for i below D1
 * y[..., i, ...] = x2[..., i - D1, ...]     for the next D2, and so on</pre>
 */
public record Concat(int axis) implements Op {
  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    require(
        !inputs.isEmpty() && axis >= 0 && axis < inputs.get(0).rank(),
        inputs,
        "there is no axis %d to join along".formatted(axis),
        "Give one tensor or more; axes count from 0, the outermost");
    Shape first = inputs.get(0);
    int sum = 0;
    for (Shape x : inputs) {
      require(
          x.rank() == first.rank() && x.with(axis, first.dim(axis)).equals(first),
          inputs,
          "%s and %s differ in more than axis %d".formatted(first, x, axis),
          "All dimensions but that of the joined axis must be equal");
      sum = Math.addExact(sum, x.dim(axis));
    }
    return List.of(first.with(axis, sum));
  }

  @Override
  public void gradient(GradientBuilder g) {
    int total = g.outputGradient().shape().dim(axis);
    int start = 0;
    for (int i = 0; start < total; i++) {
      int length = g.input(i).shape().dim(axis);
      g.contribute(i, new Narrow(axis, start, length), g.outputGradient());
      start += length;
    }
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    Values y = outputs.get(0);
    int stride = y.dim(axis) * y.shape().inner(axis);
    int skip = 0;
    for (Values x : inputs) {
      int block = x.dim(axis) * x.shape().inner(axis);
      for (int i = 0; i < x.size(); i++) {
        y.set(i / block * stride + skip + i % block, x.get(i));
      }
      skip += block;
    }
  }

  @Override
  public long flops(List<Shape> inputs) {
    return 0;
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(new Concat(0), shape(1)),
        OpCase.of(new Concat(0), shape(3, 17), shape(2, 17)),
        OpCase.of(new Concat(1), shape(5, 9), shape(5, 1), shape(5, 33)),
        OpCase.of(new Concat(1), shape(2, 1, 3), shape(2, 4, 3)));
  }
}
