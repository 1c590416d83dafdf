package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.List;

/**
 * Convolution layer, fused.
 *
 * <pre>y = leaky_relu(max_pool2d(conv2d(x, w)) + b + r)</pre>
 *
 * x [N, H, W, C], w [KH, KW, C, O], b [O], and r [N, OH, OW, O] where there is a residual, which
 * pooling excludes -> y [N, OH, OW, O], or with pooling y [N, OH / 2, OW / 2, O] (an odd last row
 * or column is dropped) and indices of the same shape, as {@link MaxPool2d} gives them. A bias and
 * a leaky ReLU are monotone, so pooling first gives the values that pooling last would give, and
 * leaves them a quarter of the work.
 *
 * @param stride step between output pixels of the convolution, 1 or more
 * @param padding rows and columns of zeros around x, 0 or more
 * @param slope slope of the leaky ReLU, {@code 0 < slope < 1}; 0 for a {@link Relu}, 1 for none
 * @param pool 2 for 2 x 2 maximum pooling with stride 2, or 1 for none
 * @param residual whether r is added before the activation
 */
public record FusedConv2d(int stride, int padding, float slope, int pool, boolean residual)
    implements Op {
  private static final int RESIDUAL = 3;

  public FusedConv2d {
    require(slope >= 0 && slope <= 1, "slope is " + slope + ", expected 0 <= slope <= 1");
    require(pool == 1 || pool == 2, "pool is " + pool + ", expected 1 (none) or 2");
    require(pool == 1 || !residual, "a residual is added, so pool must be 1, not " + pool);
  }

  /** Without a residual. */
  public FusedConv2d(int stride, int padding, float slope, int pool) {
    this(stride, padding, slope, pool, false);
  }

  /** Whether nothing but the bias follows the convolution. */
  public boolean isBiased() {
    return slope == 1 && pool == 1 && !residual;
  }

  /** The convolution that it begins with. */
  public Conv2d convolution() {
    return new Conv2d(stride, padding);
  }

  private Activation activation() {
    return slope == 0 ? new Relu() : new LeakyRelu(slope);
  }

  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    Shape z = convolution().outputs(inputs.subList(0, 2)).get(0);
    require(
        inputs.get(2).equals(shape(z.dim(3))),
        inputs,
        "the bias must be a vector of %d elements".formatted(z.dim(3)),
        "Operands are input, weight, bias [output channels]");
    require(
        inputs.size() == (residual ? RESIDUAL + 1 : RESIDUAL)
            && (!residual || inputs.get(RESIDUAL).equals(z)),
        inputs,
        residual ? "the residual must be " + z : "there is no residual",
        "Operands are input, weight, bias, and the residual if there is one");
    if (pool == 1) {
      return List.of(z);
    }
    require(
        z.dim(1) >= 2 && z.dim(2) >= 2,
        inputs,
        "the convolution gives %d x %d pixels, too few to pool".formatted(z.dim(1), z.dim(2)),
        "Pooling needs 2 x 2 or more");
    Shape y = shape(z.dim(0), z.dim(1) / 2, z.dim(2) / 2, z.dim(3));
    return List.of(y, y);
  }

  @Override
  public void gradient(GradientBuilder g) {
    Tensor ofOutput = g.outputGradient();
    Tensor dy = slope == 1 ? ofOutput : g.apply(activation().gradient(), g.output(0), ofOutput);
    // Pooling only moves gradients, so their sum may be taken before.
    g.contribute(2, () -> g.sumRows(dy));
    if (residual) {
      g.contribute(RESIDUAL, () -> dy);
    }
    Shape x = g.input(0).shape();
    Shape w = g.input(1).shape();
    if (pool == 2) {
      var indices = g.output(1);
      var input = new PooledConv2d.InputGradient(stride, padding, x.dim(1), x.dim(2));
      var weight = new PooledConv2d.WeightGradient(stride, padding, w.dim(0), w.dim(1));
      g.contribute(0, input, indices, dy, g.input(1));
      g.contribute(1, weight, g.input(0), indices, dy);
      return;
    }
    g.contribute(0, new Conv2d.InputGradient(stride, padding, x.dim(1), x.dim(2)), dy, g.input(1));
    g.contribute(1, new Conv2d.WeightGradient(stride, padding, w.dim(0), w.dim(1)), g.input(0), dy);
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    Shape sums =
        convolution().outputs(List.of(inputs.get(0).shape(), inputs.get(1).shape())).get(0);
    Values z = Values.zeros(sums);
    convolution().reference(inputs.subList(0, 2), List.of(z));
    Values y = outputs.get(0);
    if (pool == 2) {
      new MaxPool2d(2, 2).reference(List.of(z), outputs);
    }
    for (int i = 0; i < y.size(); i++) {
      double value = (pool == 2 ? y : z).get(i) + inputs.get(2).get(i % y.dim(3));
      value += residual ? inputs.get(RESIDUAL).get(i) : 0;
      y.set(i, slope == 1 ? value : activation().of(value));
    }
  }

  @Override
  public long flops(List<Shape> inputs) {
    List<Shape> convolved = inputs.subList(0, 2);
    return convolution().flops(convolved) + 3L * convolution().outputs(convolved).get(0).elements();
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        of(new FusedConv2d(1, 2, 0.01f, 2), shape(2, 8, 8, 3), 5, 5, 32),
        of(new FusedConv2d(1, 1, 0.01f, 2), shape(2, 7, 5, 16), 3, 3, 17),
        of(new FusedConv2d(1, 1, 0.2f, 1), shape(2, 6, 5, 9), 3, 3, 33),
        of(new FusedConv2d(1, 0, 1, 1), shape(1, 1, 1, 1), 1, 1, 1),
        of(new FusedConv2d(2, 1, 0, 2), shape(1, 9, 8, 2), 3, 3, 5),
        of(new FusedConv2d(1, 0, 1, 2), shape(1, 2, 2, 1), 1, 1, 1),
        of(new FusedConv2d(1, 1, 0.01f, 2), shape(1, 4, 4, 3), 3, 3, 16)
            .sprinkle(2, Double.NaN, Double.NEGATIVE_INFINITY),
        of(new FusedConv2d(1, 1, 0, 1), shape(2, 5, 6, 6), 3, 3, 16)
            .sprinkle(2, Double.NaN, Double.NEGATIVE_INFINITY),
        of(new FusedConv2d(1, 1, 1, 1, true), shape(2, 6, 5, 9), 3, 3, 33),
        of(new FusedConv2d(2, 1, 0.2f, 1, true), shape(2, 9, 8, 3), 3, 3, 5),
        of(new FusedConv2d(1, 0, 0, 1, true), shape(1, 1, 1, 1), 1, 1, 1),
        of(new FusedConv2d(1, 1, 0, 1, true), shape(2, 4, 6, 8), 3, 3, 16)
            .sprinkle(3, Double.NaN, Double.NEGATIVE_INFINITY));
  }

  private static OpCase of(FusedConv2d op, Shape x, int height, int width, int channels) {
    Shape w = shape(height, width, x.dim(3), channels);
    Shape y = op.convolution().outputs(List.of(x, w)).get(0);
    return op.residual()
        ? OpCase.of(op, x, w, shape(channels), y)
        : OpCase.of(op, x, w, shape(channels));
  }
}
