package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import engram.tensor.ShapeException;
import java.util.List;

/**
 * Two-dimensional cross-correlation, channels-last, as convolution layers use it.
 *
 * <p>x [N, H, W, C], w [KH, KW, C, O] -> y [N, OH, OW, O] with OH = (H + 2 padding - KH) / stride +
 * 1 (rounded down), OW likewise:
 *
 * <pre>
 * y[n, p, q, o] = sum over i, j, c of x[n, p stride + i - padding, q stride + j - padding, c] w[i, j, c, o]
 * </pre>
 *
 * Positions outside x count as absent or as zeros; a backend may choose. It shows where a weight
 * there is infinite or NaN. A backend may also add inputs up before it multiplies (Winograd), so
 * that an infinite input makes more than its own outputs infinite or NaN.
 *
 * @param stride step between output pixels, 1 or more
 * @param padding rows and columns of zeros around x, 0 or more
 */
public record Conv2d(int stride, int padding) implements Op {
  private static final String LAYOUT =
      "Input is [batch, height, width, channels], weight [kernel height, kernel width, in, out]";

  public Conv2d {
    if (stride < 1 || padding < 0) {
      throw new ShapeException(
          "conv2d: stride is %d and padding %d; stride must be 1 or more, padding 0 or more"
              .formatted(stride, padding));
    }
  }

  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    Shape x = inputs.get(0);
    Shape w = inputs.get(1);
    require(x.rank() == 4 && w.rank() == 4, inputs, "both operands must have rank 4", LAYOUT);
    require(
        x.dim(3) == w.dim(2),
        inputs,
        "input has %d channels but weight expects %d".formatted(x.dim(3), w.dim(2)),
        LAYOUT);
    int height = x.dim(1) + 2 * padding - w.dim(0);
    int width = x.dim(2) + 2 * padding - w.dim(1);
    require(
        height >= 0 && width >= 0,
        inputs,
        "the %d x %d kernel is larger than the %d x %d input with padding %d"
            .formatted(w.dim(0), w.dim(1), x.dim(1), x.dim(2), padding),
        LAYOUT);
    return List.of(shape(x.dim(0), height / stride + 1, width / stride + 1, w.dim(3)));
  }

  @Override
  public void gradient(GradientBuilder g) {
    Shape x = g.input(0).shape();
    Shape w = g.input(1).shape();
    g.contribute(
        0, new InputGradient(stride, padding, x.dim(1), x.dim(2)), g.outputGradient(), g.input(1));
    g.contribute(
        1, new WeightGradient(stride, padding, w.dim(0), w.dim(1)), g.input(0), g.outputGradient());
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    Values x = inputs.get(0);
    Values w = inputs.get(1);
    Values y = outputs.get(0);
    y.fill(0);
    forEachTap(
        x.shape(),
        w.dim(0),
        w.dim(1),
        y.shape(),
        (xAt, tap, yAt) -> {
          for (int c = 0; c < w.dim(2); c++) {
            double value = x.get(xAt + c);
            int wAt = (tap * w.dim(2) + c) * w.dim(3);
            for (int o = 0; o < w.dim(3); o++) {
              y.add(yAt + o, value * w.get(wAt + o));
            }
          }
        });
  }

  @Override
  public long flops(List<Shape> inputs) {
    return flops(inputs.get(1), outputs(inputs).get(0));
  }

  /** Those of any pass of a convolution with weight {@code w} and output {@code y}. */
  static long flops(Shape w, Shape y) {
    return 2L * w.elements() / y.dim(3) * y.elements();
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(new Conv2d(1, 2), shape(2, 9, 9, 3), shape(5, 5, 3, 32)),
        OpCase.of(new Conv2d(1, 1), shape(2, 6, 5, 16), shape(3, 3, 16, 17)),
        OpCase.of(new Conv2d(2, 1), shape(2, 7, 8, 4), shape(3, 3, 4, 5)),
        OpCase.of(new Conv2d(3, 0), shape(1, 11, 7, 2), shape(2, 4, 2, 33)),
        OpCase.of(new Conv2d(1, 0), shape(3, 4, 5, 17), shape(1, 1, 17, 9)),
        OpCase.of(new Conv2d(1, 0), shape(1, 1, 1, 1), shape(1, 1, 1, 1)),
        OpCase.of(new Conv2d(1, 2), shape(1, 2, 2, 1), shape(5, 5, 1, 1)),
        OpCase.of(new Conv2d(1, 0), shape(2, 7, 6, 6), shape(5, 5, 6, 16)),
        OpCase.of(new Conv2d(2, 0), shape(1, 8, 8, 32), shape(1, 1, 32, 48)),
        OpCase.of(new Conv2d(1, 1), shape(1, 4, 4, 512), shape(3, 3, 512, 10)),
        OpCase.of(new Conv2d(1, 1), shape(1, 5, 5, 3), shape(3, 3, 3, 8))
            .sprinkle(0, Double.NaN, Double.POSITIVE_INFINITY));
  }

  /** What the three passes of a convolution do for each pair of input and output pixel. */
  private interface Tap {
    void visit(int xAt, int tap, int yAt);
  }

  private void forEachTap(Shape x, int kernelHeight, int kernelWidth, Shape y, Tap body) {
    for (int n = 0; n < y.dim(0); n++) {
      for (int p = 0; p < y.dim(1); p++) {
        for (int q = 0; q < y.dim(2); q++) {
          int yAt = ((n * y.dim(1) + p) * y.dim(2) + q) * y.dim(3);
          for (int i = 0; i < kernelHeight; i++) {
            for (int j = 0; j < kernelWidth; j++) {
              int row = p * stride + i - padding;
              int column = q * stride + j - padding;
              if (row >= 0 && row < x.dim(1) && column >= 0 && column < x.dim(2)) {
                int xAt = ((n * x.dim(1) + row) * x.dim(2) + column) * x.dim(3);
                body.visit(xAt, i * kernelWidth + j, yAt);
              }
            }
          }
        }
      }
    }
  }

  /**
   * Gradient of {@link Conv2d} with respect to its input: dy [N, OH, OW, O], w [KH, KW, C, O] -> dx
   * [N, height, width, C].
   *
   * <pre>
   * dx[n, r, s, c] = sum over p, q, i, j, o of dy[n, p, q, o] w[i, j, c, o]
   *                  where p stride + i - padding = r and q stride + j - padding = s
   * </pre>
   */
  public record InputGradient(int stride, int padding, int height, int width) implements Op {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shape dy = inputs.get(0);
      Shape w = inputs.get(1);
      Shape x = shape(dy.dim(0), height, width, w.dim(2));
      requireOutput(this, new Conv2d(stride, padding).outputs(List.of(x, w)).get(0), dy, inputs);
      return List.of(x);
    }

    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      Values dy = inputs.get(0);
      Values w = inputs.get(1);
      Values dx = outputs.get(0);
      dx.fill(0);
      new Conv2d(stride, padding)
          .forEachTap(
              dx.shape(),
              w.dim(0),
              w.dim(1),
              dy.shape(),
              (xAt, tap, yAt) -> {
                for (int c = 0; c < w.dim(2); c++) {
                  int wAt = (tap * w.dim(2) + c) * w.dim(3);
                  double sum = 0;
                  for (int o = 0; o < w.dim(3); o++) {
                    sum += dy.get(yAt + o) * w.get(wAt + o);
                  }
                  dx.add(xAt + c, sum);
                }
              });
    }

    @Override
    public long flops(List<Shape> inputs) {
      return Conv2d.flops(inputs.get(1), inputs.get(0));
    }

    @Override
    public List<OpCase> cases() {
      return List.of(
          OpCase.of(new InputGradient(1, 2, 9, 9), shape(2, 9, 9, 32), shape(5, 5, 3, 32)),
          OpCase.of(new InputGradient(1, 1, 6, 5), shape(2, 6, 5, 17), shape(3, 3, 16, 17)),
          OpCase.of(new InputGradient(2, 1, 8, 7), shape(2, 4, 4, 5), shape(3, 3, 4, 5)),
          OpCase.of(new InputGradient(3, 0, 11, 7), shape(1, 4, 2, 3), shape(2, 4, 2, 3)),
          OpCase.of(new InputGradient(1, 1, 4, 4), shape(1, 4, 4, 512), shape(3, 3, 20, 512)),
          OpCase.of(new InputGradient(2, 1, 8, 8), shape(2, 4, 4, 64), shape(3, 3, 32, 64)),
          OpCase.of(new InputGradient(2, 0, 5, 6), shape(3, 3, 3, 43), shape(1, 1, 16, 43)),
          OpCase.of(new InputGradient(1, 0, 7, 6), shape(2, 3, 2, 16), shape(5, 5, 6, 16)),
          OpCase.of(new InputGradient(1, 0, 1, 1), shape(1, 1, 1, 1), shape(1, 1, 1, 1)));
    }
  }

  /**
   * Gradient of {@link Conv2d} with respect to its weight: x [N, H, W, C], dy [N, OH, OW, O] -> dw
   * [kernelHeight, kernelWidth, C, O].
   *
   * <pre>
   * dw[i, j, c, o] = sum over n, p, q of x[n, p stride + i - padding, q stride + j - padding, c] dy[n, p, q, o]
   * </pre>
   */
  public record WeightGradient(int stride, int padding, int kernelHeight, int kernelWidth)
      implements Op {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shape x = inputs.get(0);
      Shape dy = inputs.get(1);
      Shape w = shape(kernelHeight, kernelWidth, x.dim(-1), dy.dim(-1));
      requireOutput(this, new Conv2d(stride, padding).outputs(List.of(x, w)).get(0), dy, inputs);
      return List.of(w);
    }

    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      Values x = inputs.get(0);
      Values dy = inputs.get(1);
      Values dw = outputs.get(0);
      dw.fill(0);
      new Conv2d(stride, padding)
          .forEachTap(
              x.shape(),
              kernelHeight,
              kernelWidth,
              dy.shape(),
              (xAt, tap, yAt) -> {
                for (int c = 0; c < dw.dim(2); c++) {
                  double value = x.get(xAt + c);
                  int wAt = (tap * dw.dim(2) + c) * dw.dim(3);
                  for (int o = 0; o < dw.dim(3); o++) {
                    dw.add(wAt + o, value * dy.get(yAt + o));
                  }
                }
              });
    }

    @Override
    public long flops(List<Shape> inputs) {
      return Conv2d.flops(outputs(inputs).get(0), inputs.get(1));
    }

    @Override
    public List<OpCase> cases() {
      return List.of(
          OpCase.of(new WeightGradient(1, 2, 5, 5), shape(2, 9, 9, 3), shape(2, 9, 9, 32)),
          OpCase.of(new WeightGradient(1, 1, 3, 3), shape(3, 6, 5, 16), shape(3, 6, 5, 17)),
          OpCase.of(new WeightGradient(2, 1, 3, 3), shape(2, 7, 8, 4), shape(2, 4, 4, 5)),
          OpCase.of(new WeightGradient(3, 0, 2, 4), shape(1, 11, 7, 2), shape(1, 4, 2, 33)),
          OpCase.of(new WeightGradient(1, 1, 3, 3), shape(1, 4, 4, 512), shape(1, 4, 4, 20)),
          OpCase.of(new WeightGradient(2, 1, 3, 3), shape(2, 8, 8, 32), shape(2, 4, 4, 64)),
          OpCase.of(new WeightGradient(2, 0, 1, 1), shape(3, 5, 6, 16), shape(3, 3, 3, 43)),
          OpCase.of(new WeightGradient(1, 0, 5, 5), shape(2, 7, 6, 6), shape(2, 3, 2, 16)),
          OpCase.of(new WeightGradient(1, 0, 1, 1), shape(1, 1, 1, 1), shape(1, 1, 1, 1)));
    }
  }

  private static void requireOutput(Op op, Shape expected, Shape dy, List<Shape> inputs) {
    op.require(
        expected.equals(dy),
        inputs,
        "the output gradient has shape %s but the convolution's output has %s"
            .formatted(dy, expected),
        LAYOUT);
  }
}
