package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * The gradients of a convolution behind which 2 x 2 maximum pooling with stride 2 comes, from the
 * gradient d of what was pooled. One pixel of each window has a gradient; the four times larger
 * gradient of the convolution's output, zero elsewhere, need not be stored.
 *
 * <p>Both equal {@link MaxPool2d.Gradient} and then the gradient of {@link Conv2d}, with one
 * exception: at pixels that are the maximum of no window the sum over all pixels has the terms 0 x,
 * or 0 w, which are NaN where x, or w, is NaN or infinite. A backend may leave those terms out.
 */
public final class PooledConv2d {
  private PooledConv2d() {}

  private static final MaxPool2d POOL = new MaxPool2d(2, 2);
  private static final String LAYOUT =
      "indices and d are [batch, height, width, out], halved by the pooling";

  private static void requirePooled(
      Op op, List<Shape> inputs, Shape convolved, Shape indices, Shape d) {
    Shape pooled = POOL.outputs(List.of(convolved)).getFirst();
    op.require(
        indices.equals(pooled) && d.equals(pooled),
        inputs,
        "indices have shape %s and their gradient %s but pooling %s gives %s"
            .formatted(indices, d, convolved, pooled),
        LAYOUT);
  }

  /** d at the maximum of each window, zero elsewhere. */
  private static Values unpool(Shape convolved, Values indices, Values d) {
    Values dy = Values.zeros(convolved);
    new MaxPool2d.Gradient(2, 2, convolved.dim(1), convolved.dim(2))
        .reference(List.of(indices, d), List.of(dy));
    return dy;
  }

  /** Draws operand {@code input} as indices of maxima in windows of four. */
  private static OpCase withIndices(int input, OpCase opCase) {
    return opCase.with(input, new Sample.Whole(4));
  }

  /**
   * Gradient with respect to the input of the convolution: indices, d [N, OH / 2, OW / 2, O], w
   * [KH, KW, C, O] -> dx [N, height, width, C].
   *
   * <pre>dx = conv2d.input_gradient(max_pool2d.gradient(indices, d), w)</pre>
   */
  public record InputGradient(int stride, int padding, int height, int width) implements Op {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shape d = inputs.get(1);
      requirePooled(this, inputs, convolved(d, inputs.get(2)), inputs.get(0), d);
      return List.of(image(d, inputs.get(2)));
    }

    private Shape image(Shape d, Shape w) {
      return shape(d.dim(0), height, width, w.dim(2));
    }

    private Shape convolved(Shape d, Shape w) {
      return new Conv2d(stride, padding).outputs(List.of(image(d, w), w)).getFirst();
    }

    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      Values d = inputs.get(1);
      Values w = inputs.get(2);
      Values dy = unpool(convolved(d.shape(), w.shape()), inputs.get(0), d);
      new Conv2d.InputGradient(stride, padding, height, width).reference(List.of(dy, w), outputs);
    }

    /** As much arithmetic as the dense gradient, though a backend may leave the zeros out. */
    @Override
    public long flops(List<Shape> inputs) {
      Shape w = inputs.get(2);
      return Conv2d.flops(w, convolved(inputs.get(1), w));
    }

    @Override
    public List<OpCase> cases() {
      return List.of(
          of(new InputGradient(1, 2, 8, 8), shape(2, 4, 4, 32), shape(5, 5, 3, 32)),
          of(new InputGradient(1, 1, 7, 5), shape(2, 3, 2, 17), shape(3, 3, 16, 17)),
          of(new InputGradient(1, 1, 6, 9), shape(3, 3, 4, 15), shape(3, 3, 33, 15)),
          of(new InputGradient(2, 1, 9, 10), shape(2, 2, 2, 5), shape(3, 3, 4, 5)),
          of(new InputGradient(1, 0, 2, 2), shape(1, 1, 1, 1), shape(1, 1, 1, 1)),
          of(new InputGradient(1, 1, 4, 4), shape(1, 2, 2, 16), shape(3, 3, 3, 16))
              .sprinkle(1, Double.NaN, Double.POSITIVE_INFINITY));
    }

    private static OpCase of(InputGradient op, Shape d, Shape w) {
      return withIndices(0, OpCase.of(op, d, d, w));
    }
  }

  /**
   * Gradient with respect to the weight of the convolution: x [N, H, W, C], indices, d [N, OH / 2,
   * OW / 2, O] -> dw [kernelHeight, kernelWidth, C, O].
   *
   * <pre>dw = conv2d.weight_gradient(x, max_pool2d.gradient(indices, d))</pre>
   */
  public record WeightGradient(int stride, int padding, int kernelHeight, int kernelWidth)
      implements Op {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shape x = inputs.get(0);
      Shape d = inputs.get(2);
      requirePooled(this, inputs, convolved(x, d), inputs.get(1), d);
      return List.of(weight(x, d));
    }

    private Shape weight(Shape x, Shape d) {
      return shape(kernelHeight, kernelWidth, x.dim(-1), d.dim(-1));
    }

    private Shape convolved(Shape x, Shape d) {
      return new Conv2d(stride, padding).outputs(List.of(x, weight(x, d))).getFirst();
    }

    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      Values x = inputs.get(0);
      Values d = inputs.get(2);
      Values dy = unpool(convolved(x.shape(), d.shape()), inputs.get(1), d);
      new Conv2d.WeightGradient(stride, padding, kernelHeight, kernelWidth)
          .reference(List.of(x, dy), outputs);
    }

    /** A quarter of the arithmetic of the dense gradient: one pixel of each window counts. */
    @Override
    public long flops(List<Shape> inputs) {
      long patch = (long) kernelHeight * kernelWidth * inputs.get(0).dim(3);
      return 2 * patch * inputs.get(2).elements();
    }

    @Override
    public List<OpCase> cases() {
      return List.of(
          of(new WeightGradient(1, 2, 5, 5), shape(2, 8, 8, 3), shape(2, 4, 4, 32)),
          of(new WeightGradient(1, 1, 3, 3), shape(3, 7, 5, 16), shape(3, 3, 2, 17)),
          of(new WeightGradient(1, 1, 3, 3), shape(9, 6, 9, 33), shape(9, 3, 4, 15)),
          of(new WeightGradient(2, 1, 3, 3), shape(2, 9, 10, 4), shape(2, 2, 2, 5)),
          of(new WeightGradient(1, 0, 2, 4), shape(1, 6, 9, 2), shape(1, 2, 3, 33)),
          of(new WeightGradient(1, 0, 1, 1), shape(1, 2, 2, 1), shape(1, 1, 1, 1)));
    }

    private static OpCase of(WeightGradient op, Shape x, Shape d) {
      return withIndices(1, OpCase.of(op, x, d, d));
    }
  }
}
