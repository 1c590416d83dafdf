package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Sum or mean over neighbouring axes, which go away.
 *
 * <p>x [A, B, C] -> y [A, C], where B stands for the axes {@code first} to {@code last} of x and A
 * and C for those before and after; y [1] if none is left:
 *
 * <pre>y[a, c] = sum over b of x[a, b, c]     the mean is divided by the number of b</pre>
 *
 * An axis of size 1 that is not reduced stays.
 *
 * @param first first axis that is reduced, counted from 0
 * @param last last axis that is reduced, {@code first} or more
 */
public record Reduce(Kind kind, int first, int last) implements Op {

  /** How the elements along the reduced axes are combined. */
  public enum Kind {
    SUM,
    MEAN
  }

  @Override
  public String name() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    Shape x = inputs.get(0);
    require(
        0 <= first && first <= last && last < x.rank(),
        inputs,
        "axes %d to %d do not exist".formatted(first, last),
        "Axes count from 0, the outermost; both ends of the range are reduced");
    return List.of(without(x, first, last));
  }

  /** {@code x} without the dimensions {@code first} to {@code last}. */
  static Shape without(Shape x, int first, int last) {
    int[] left = new int[x.rank() - (last - first + 1)];
    for (int i = 0; i < left.length; i++) {
      left[i] = x.dim(i < first ? i : i + last - first + 1);
    }
    return left.length == 0 ? shape(1) : shape(left);
  }

  /** How many elements of {@code x} make one element of the result. */
  public int count(Shape x) {
    return x.elements() / x.outer(first) / x.inner(last);
  }

  @Override
  public void gradient(GradientBuilder g) {
    if (!g.needs(0)) {
      return;
    }
    Shape x = g.input(0).shape();
    var dy = g.outputGradient();
    if (kind == Kind.MEAN) {
      dy = g.scale(1f / count(x), dy);
    }
    g.contribute(0, new Expand(first, last, x), dy);
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    Values x = inputs.get(0);
    Values y = outputs.get(0);
    int inner = x.shape().inner(last);
    int block = count(x.shape()) * inner;
    y.fill(0);
    for (int i = 0; i < x.size(); i++) {
      y.add(i / block * inner + i % inner, x.get(i));
    }
    for (int i = 0; kind == Kind.MEAN && i < y.size(); i++) {
      y.set(i, y.get(i) / count(x.shape()));
    }
  }

  @Override
  public List<OpCase> cases() {
    return Arrays.stream(Kind.values())
        .flatMap(
            k ->
                List.of(
                    OpCase.of(new Reduce(k, 0, 0), shape(1)),
                    OpCase.of(new Reduce(k, 0, 1), shape(67, 301)),
                    OpCase.of(new Reduce(k, 0, 0), shape(5, 17)),
                    OpCase.of(new Reduce(k, 1, 1), shape(5, 33)),
                    OpCase.of(new Reduce(k, 1, 2), shape(3, 4, 5, 17)),
                    OpCase.of(new Reduce(k, 0, 2), shape(1, 40, 41, 3)),
                    OpCase.of(new Reduce(k, 1, 1), shape(2, 1, 9)),
                    OpCase.of(new Reduce(k, 1, 1), shape(7, 19))
                        .sprinkle(0, Double.NaN, Double.POSITIVE_INFINITY, -1e30))
                    .stream())
        .toList();
  }
}
