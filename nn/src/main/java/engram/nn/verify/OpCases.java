package engram.nn.verify;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.nn.layer.TorchLayout;
import engram.op.Conv2d;
import engram.op.LeakyRelu;
import engram.op.LogSoftmax;
import engram.op.Op;
import engram.op.Relu;
import engram.op.Softmax;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Cases of single ops: y for x, and the gradients for dy. */
final class OpCases {
  private static final TorchLayout CONVOLUTION = new TorchLayout.Convolution();

  private final VectorCase vectors;
  private final Comparison comparison;
  private final OpRun run;
  private final List<Operand> operands = new ArrayList<>();

  /** An operand and how its gradient is arranged as PyTorch's. */
  private record Operand(String role, Tensor tensor, UnaryOperator<float[]> toTorch) {}

  private OpCases(VectorCase vectors, Backend backend, boolean fusion, Comparison comparison) {
    this.vectors = vectors;
    this.comparison = comparison;
    run = new OpRun(backend, fusion);
  }

  static void conv2d(VectorCase vectors, Backend backend, boolean fusion, Comparison result) {
    OpCases c = new OpCases(vectors, backend, fusion, result);
    Attributes attributes = vectors.attributes();
    Conv2d op = new Conv2d(attributes.whole("stride", 1), attributes.whole("padding", 0));
    int kernel = attributes.whole("kernel", vectors.shape("w").dim(-1));
    if (kernel != vectors.shape("w").dim(-1)) {
      throw new IllegalArgumentException(
          "kernel is %d, but w has the shape %s".formatted(kernel, vectors.shape("w")));
    }
    Tensor x = c.image("x");
    Shape torch = vectors.shape("w");
    Shape w = Axes.permute(torch, 2, 3, 1, 0);
    Tensor weight =
        c.operand(
            "w",
            w,
            CONVOLUTION.fromTorch(w, vectors.values("w")),
            values -> CONVOLUTION.toTorch(w, values));
    Tensor y = c.biased(c.run.apply(op, x, weight));
    c.compareImage(y);
  }

  static void linear(VectorCase vectors, Backend backend, boolean fusion, Comparison result) {
    OpCases c = new OpCases(vectors, backend, fusion, result);
    Shape w = vectors.shape("w");
    Tensor x = c.plain("x", shape(vectors.shape("x").elements() / w.dim(1), w.dim(1)));
    Tensor y = c.biased(c.run.matmul(x, c.run.transposed(c.plain("w", w))));
    c.compare(y, UnaryOperator.identity());
  }

  static void maxPool2d(VectorCase vectors, Backend backend, boolean fusion, Comparison result) {
    OpCases c = new OpCases(vectors, backend, fusion, result);
    int kernel = vectors.attributes().whole("kernel", 2);
    int stride = vectors.attributes().whole("stride", kernel);
    int padding = vectors.attributes().whole("padding", 0);
    c.compareImage(c.run.maxPool2d(c.bordered("x", padding), kernel, stride));
  }

  static void leakyRelu(VectorCase vectors, Backend backend, boolean fusion, Comparison result) {
    String name = vectors.attributes().has("negative_slope") ? "negative_slope" : "slope";
    float slope = (float) vectors.attributes().number(name, 0.01);
    elementwise(vectors, backend, fusion, result, new LeakyRelu(slope));
  }

  static void relu(VectorCase vectors, Backend backend, boolean fusion, Comparison result) {
    elementwise(vectors, backend, fusion, result, new Relu());
  }

  private static void elementwise(
      VectorCase vectors, Backend backend, boolean fusion, Comparison result, Op op) {
    OpCases c = new OpCases(vectors, backend, fusion, result);
    Tensor x = c.plain("x", shape(vectors.shape("x").elements()));
    c.compare(c.run.apply(op, x), UnaryOperator.identity());
  }

  static void softmax(VectorCase vectors, Backend backend, boolean fusion, Comparison result) {
    rows(vectors, backend, fusion, result, new Softmax());
  }

  static void logSoftmax(VectorCase vectors, Backend backend, boolean fusion, Comparison result) {
    rows(vectors, backend, fusion, result, new LogSoftmax());
  }

  /** An op over one axis, which is brought to the end. */
  private static void rows(
      VectorCase vectors, Backend backend, boolean fusion, Comparison result, Op op) {
    OpCases c = new OpCases(vectors, backend, fusion, result);
    Shape torch = vectors.shape("x");
    int[] order = Axes.last(torch.rank(), vectors.attributes().whole("dim", -1));
    Tensor x = c.permuted("x", torch, order);
    c.compare(
        c.run.apply(op, x),
        values -> Axes.permute(x.shape(), values, Axes.inverse(order)),
        dy -> Axes.permute(torch, dy, order));
  }

  private Tensor operand(String role, Shape shape, float[] values, UnaryOperator<float[]> toTorch) {
    Tensor tensor = run.input(role, shape, values);
    operands.add(new Operand(role, tensor, toTorch));
    return tensor;
  }

  private Tensor plain(String role, Shape shape) {
    return operand(role, shape, vectors.values(role), UnaryOperator.identity());
  }

  private Tensor permuted(String role, Shape torch, int... order) {
    Shape ours = Axes.permute(torch, order);
    return operand(
        role,
        ours,
        Axes.permute(torch, vectors.values(role), order),
        values -> Axes.permute(ours, values, Axes.inverse(order)));
  }

  private Tensor image(String role) {
    return permuted(role, vectors.shape(role), Axes.channelsLast(4));
  }

  /** An image with a border that is never the largest: how PyTorch pads before it pools. */
  private Tensor bordered(String role, int border) {
    int[] order = Axes.channelsLast(4);
    Shape torch = vectors.shape(role);
    Shape inner = Axes.permute(torch, order);
    Shape outer = inner.with(1, inner.dim(1) + 2 * border).with(2, inner.dim(2) + 2 * border);
    float[] values = Axes.permute(torch, vectors.values(role), order);
    return operand(
        role,
        outer,
        Axes.border(inner, values, border, Float.NEGATIVE_INFINITY),
        dx -> Axes.permute(inner, Axes.crop(outer, dx, border), Axes.inverse(order)));
  }

  private Tensor biased(Tensor y) {
    if (vectors.find("b").isEmpty()) {
      return y;
    }
    return run.addBias(y, plain("b", shape(y.shape().dim(-1))));
  }

  private void compareImage(Tensor y) {
    int[] order = Axes.channelsLast(4);
    Shape torch = Axes.permute(y.shape(), Axes.inverse(order));
    compare(
        y,
        values -> Axes.permute(y.shape(), values, Axes.inverse(order)),
        dy -> Axes.permute(torch, dy, order));
  }

  private void compare(Tensor y, UnaryOperator<float[]> same) {
    compare(y, same, same);
  }

  /** Runs, and compares y and every gradient that the case has. */
  private void compare(Tensor y, UnaryOperator<float[]> toTorch, UnaryOperator<float[]> fromTorch) {
    List<Operand> differentiated =
        operands.stream().filter(o -> vectors.find("d" + o.role).isPresent()).toList();
    List<Tensor> wanted = new ArrayList<>(List.of(y));
    if (!differentiated.isEmpty()) {
      float[] dy = vectors.values("dy");
      if (dy.length != y.shape().elements()) {
        throw new NotUnderstoodException(
            "dy %s for a result of %d elements"
                .formatted(vectors.shape("dy"), y.shape().elements()));
      }
      Tensor loss = run.seeded(y, fromTorch.apply(dy));
      wanted.addAll(run.gradients(loss, differentiated.stream().map(Operand::tensor).toList()));
    }
    List<float[]> results = run.run(wanted);
    comparison.compare("y", vectors.role("y"), toTorch.apply(results.getFirst()));
    for (int i = 0; i < differentiated.size(); i++) {
      Operand operand = differentiated.get(i);
      comparison.compare(
          "d" + operand.role,
          vectors.role("d" + operand.role),
          operand.toTorch.apply(results.get(i + 1)));
    }
  }
}
