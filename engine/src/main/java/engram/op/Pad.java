package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * Zeros before and after, along one axis; the gradient of {@link Narrow}.
 *
 * <p>x [..., D, ...] -> y [..., before + D + after, ...].
 *
 * <pre>y[..., i, ...] = x[..., i - before, ...] where there is such an element, else 0</pre>
 */
public record Pad(int axis, int before, int after) implements Op {
  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    Shape x = inputs.get(0);
    require(
        axis >= 0 && axis < x.rank() && before >= 0 && after >= 0,
        inputs,
        "cannot put %d zeros before and %d after along axis %d".formatted(before, after, axis),
        "Axes count from 0, the outermost; zeros are 0 or more");
    return List.of(x.with(axis, before + x.dim(axis) + after));
  }

  @Override
  public void gradient(GradientBuilder g) {
    g.contribute(0, new Narrow(axis, before, g.input(0).shape().dim(axis)), g.outputGradient());
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    Values x = inputs.get(0);
    Values y = outputs.get(0);
    int block = x.dim(axis) * x.shape().inner(axis);
    int stride = y.dim(axis) * y.shape().inner(axis);
    int skip = before * x.shape().inner(axis);
    y.fill(0);
    for (int i = 0; i < x.size(); i++) {
      y.set(i / block * stride + skip + i % block, x.get(i));
    }
  }

  @Override
  public long flops(List<Shape> inputs) {
    return 0;
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(new Pad(0, 0, 0), shape(1)),
        OpCase.of(new Pad(1, 3, 2), shape(4, 9)),
        OpCase.of(new Pad(0, 1, 0), shape(2, 3, 5)),
        OpCase.of(new Pad(1, 0, 17), shape(3, 16, 2)));
  }
}
