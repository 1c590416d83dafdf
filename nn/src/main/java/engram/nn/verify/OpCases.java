package engram.nn.verify;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.nn.layer.TorchLayout;
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

  OpCases(VectorCase vectors, Backend backend, boolean fusion, Comparison comparison) {
    this.vectors = vectors;
    this.comparison = comparison;
    run = new OpRun(backend, fusion);
  }

  void conv2d() {
    Attributes attributes = vectors.attributes();
    int stride = attributes.whole("stride", 1);
    int padding = attributes.whole("padding", 0);
    Shape torch = vectors.shape("w");
    int kernel = attributes.whole("kernel", torch.dim(-1));
    if (kernel != torch.dim(-1)) {
      throw new IllegalArgumentException(
          "kernel is %d, but w has the shape %s".formatted(kernel, torch));
    }
    Tensor x = image("x");
    Shape w = Axes.permute(torch, 2, 3, 1, 0);
    Tensor weight =
        operand(
            "w",
            w,
            CONVOLUTION.fromTorch(w, vectors.values("w")),
            values -> CONVOLUTION.toTorch(w, values));
    compareImage(biased(run.conv2d(x, weight, stride, padding)));
  }

  void linear() {
    Shape w = vectors.shape("w");
    Tensor x = plain("x", shape(vectors.shape("x").elements() / w.dim(1), w.dim(1)));
    Tensor y = biased(run.matmul(x, run.transposed(plain("w", w))));
    compare(y, UnaryOperator.identity());
  }

  void maxPool2d() {
    int kernel = vectors.attributes().whole("kernel", 2);
    int stride = vectors.attributes().whole("stride", kernel);
    int padding = vectors.attributes().whole("padding", 0);
    compareImage(run.maxPool2d(bordered(image("x"), padding), kernel, stride));
  }

  void leakyRelu() {
    String name = vectors.attributes().has("negative_slope") ? "negative_slope" : "slope";
    double slope = vectors.attributes().number(name, 0.01);
    elementwise(x -> run.leakyRelu(x, slope));
  }

  void relu() {
    elementwise(run::relu);
  }

  private void elementwise(UnaryOperator<Tensor> op) {
    Tensor x = plain("x", shape(vectors.shape("x").elements()));
    compare(op.apply(x), UnaryOperator.identity());
  }

  void softmax() {
    rows(run::softmax);
  }

  void logSoftmax() {
    rows(run::logSoftmax);
  }

  /** An op over one axis, which is brought to the end. */
  private void rows(UnaryOperator<Tensor> op) {
    Shape torch = vectors.shape("x");
    int[] order = Axes.last(torch.rank(), vectors.attributes().whole("dim", -1));
    Tensor x = permuted("x", torch, order);
    compare(
        op.apply(x),
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

  /** Images with a border that is never the largest: how PyTorch pads before it pools. */
  private Tensor bordered(Tensor images, int border) {
    if (border == 0) {
      return images;
    }
    Tensor zeros = run.pad(run.pad(images, 1, border, border), 2, border, border);
    Shape outer = zeros.shape();
    float[] never = new float[outer.elements()];
    for (int i = 0; i < never.length; i++) {
      int row = i / outer.inner(1) % outer.dim(1);
      int column = i / outer.inner(2) % outer.dim(2);
      boolean isInside =
          Math.min(row, outer.dim(1) - 1 - row) >= border
              && Math.min(column, outer.dim(2) - 1 - column) >= border;
      never[i] = isInside ? 0 : Float.NEGATIVE_INFINITY;
    }
    return run.add(zeros, run.input("border", outer, never));
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
