package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import engram.tensor.ShapeException;
import java.util.List;

/**
 * Maximum over square windows, channels-last, without padding.
 *
 * <p>x [N, H, W, C] -> y [N, OH, OW, C], indices [same], with OH = (H - kernel) / stride + 1
 * (rounded down), OW likewise: rows and columns that fill no window are dropped.
 *
 * <pre>y[n, p, q, c] = max over i, j of x[n, p stride + i, q stride + j, c]</pre>
 *
 * The index says where in its window the maximum was, {@code i * kernel + j}; the backward pass
 * needs nothing else. As in PyTorch, of equal numbers the first is the maximum, and NaN is larger
 * than all numbers (of several NaN the last one counts).
 *
 * @param kernel rows and columns of a window, 1 or more
 * @param stride step between windows, 1 or more; below {@code kernel} windows overlap
 */
public record MaxPool2d(int kernel, int stride) implements Op {

  public MaxPool2d {
    if (kernel < 1 || stride < 1) {
      throw new ShapeException(
          "max_pool2d: kernel is %d and stride %d; both must be 1 or more"
              .formatted(kernel, stride));
    }
  }

  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    Shape x = inputs.get(0);
    require(
        x.rank() == 4,
        inputs,
        "input must have rank 4",
        "Input is [batch, height, width, channels]");
    require(
        x.dim(1) >= kernel && x.dim(2) >= kernel,
        inputs,
        "the %d x %d window is larger than the %d x %d input"
            .formatted(kernel, kernel, x.dim(1), x.dim(2)),
        "Input is [batch, height, width, channels]");
    Shape y = pooled(x);
    return List.of(y, y);
  }

  private Shape pooled(Shape x) {
    return shape(
        x.dim(0), (x.dim(1) - kernel) / stride + 1, (x.dim(2) - kernel) / stride + 1, x.dim(3));
  }

  @Override
  public void gradient(GradientBuilder g) {
    Shape x = g.input(0).shape();
    g.contribute(
        0, new Gradient(kernel, stride, x.dim(1), x.dim(2)), g.output(1), g.outputGradient());
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    Values x = inputs.get(0);
    Values y = outputs.get(0);
    Values indices = outputs.get(1);
    for (int n = 0; n < y.dim(0); n++) {
      for (int p = 0; p < y.dim(1); p++) {
        for (int q = 0; q < y.dim(2); q++) {
          for (int c = 0; c < y.dim(3); c++) {
            double max = x.get(x.index(n, p * stride, q * stride, c));
            int position = 0;
            for (int k = 1; k < kernel * kernel; k++) {
              double value = x.get(x.index(n, p * stride + k / kernel, q * stride + k % kernel, c));
              if (value > max || Double.isNaN(value)) {
                max = value;
                position = k;
              }
            }
            y.set(y.index(n, p, q, c), max);
            indices.set(y.index(n, p, q, c), position);
          }
        }
      }
    }
  }

  @Override
  public long flops(List<Shape> inputs) {
    return (long) kernel * kernel * outputs(inputs).get(0).elements();
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(new MaxPool2d(2, 2), shape(2, 8, 6, 32)),
        OpCase.of(new MaxPool2d(2, 2), shape(1, 7, 9, 17)),
        OpCase.of(new MaxPool2d(3, 2), shape(2, 7, 8, 5)),
        OpCase.of(new MaxPool2d(3, 1), shape(1, 5, 4, 16)),
        OpCase.of(new MaxPool2d(2, 3), shape(2, 8, 6, 3)),
        OpCase.of(new MaxPool2d(1, 1), shape(1, 1, 1, 1)),
        OpCase.of(new MaxPool2d(2, 2), shape(1, 8, 8, 33))
            .with(0, new Sample.Whole(2))
            .sprinkle(0, 1),
        OpCase.of(new MaxPool2d(2, 2), shape(2, 8, 8, 19))
            .sprinkle(0, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
        OpCase.of(new MaxPool2d(2, 1), shape(1, 3, 3, 17))
            .with(0, new Sample.Constant(Double.NEGATIVE_INFINITY))
            .sprinkle(0, Double.NEGATIVE_INFINITY));
  }

  /**
   * Gradient of {@link MaxPool2d}: indices, dy [N, OH, OW, C] -> dx [N, height, width, C].
   *
   * <pre>
   * dx[n, r, s, c] = sum over the windows p, q whose maximum was at r, s of dy[n, p, q, c]
   * </pre>
   *
   * So each dy goes where the maximum was; where windows overlap, contributions add up in row-major
   * order of the windows; all else is zero.
   */
  public record Gradient(int kernel, int stride, int height, int width) implements Op {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shape indices = inputs.get(0);
      Shape dy = inputs.get(1);
      require(
          dy.rank() == 4 && indices.equals(dy),
          inputs,
          "both operands must have one shape of rank 4",
          "indices, dy");
      Shape x = shape(dy.dim(0), height, width, dy.dim(3));
      Shape y = new MaxPool2d(kernel, stride).outputs(List.of(x)).get(0);
      require(y.equals(dy), inputs, "pooling %s gives %s".formatted(x, y), "indices, dy");
      return List.of(x);
    }

    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      Values indices = inputs.get(0);
      Values dy = inputs.get(1);
      Values dx = outputs.get(0);
      dx.fill(0);
      for (int n = 0; n < dy.dim(0); n++) {
        for (int p = 0; p < dy.dim(1); p++) {
          for (int q = 0; q < dy.dim(2); q++) {
            for (int c = 0; c < dy.dim(3); c++) {
              int at = dy.index(n, p, q, c);
              int k = (int) indices.get(at);
              dx.add(dx.index(n, p * stride + k / kernel, q * stride + k % kernel, c), dy.get(at));
            }
          }
        }
      }
    }

    @Override
    public List<OpCase> cases() {
      return List.of(
          of(2, 2, shape(2, 8, 6, 32)),
          of(2, 2, shape(1, 7, 9, 17)),
          of(3, 2, shape(2, 7, 8, 5)),
          of(3, 1, shape(1, 5, 4, 16)),
          of(2, 3, shape(2, 8, 6, 3)),
          of(1, 1, shape(1, 1, 1, 1)),
          of(2, 1, shape(1, 4, 4, 33)).sprinkle(1, Double.NaN, Double.POSITIVE_INFINITY));
    }

    private static OpCase of(int kernel, int stride, Shape x) {
      Shape y = new MaxPool2d(kernel, stride).pooled(x);
      return OpCase.of(new Gradient(kernel, stride, x.dim(1), x.dim(2)), y, y)
          .with(0, new Sample.Whole(kernel * kernel));
    }
  }
}
