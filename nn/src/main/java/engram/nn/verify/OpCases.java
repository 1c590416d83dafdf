package engram.nn.verify;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.fusion.Fusion;
import engram.graph.Autograd;
import engram.graph.Tape;
import engram.op.BatchNorm;
import engram.op.BatchNormInference;
import engram.op.Op;
import engram.plan.Plan;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Cases of single ops, y for x and the gradients for dy, and of losses: their terms and the
 * gradient of the logits.
 */
final class OpCases {
  private static final Axes IMAGES = Axes.last(4, 1);

  private final VectorCase vectors;
  private final Attributes attributes;
  private final Comparison comparison;
  private final Tape tape = new Tape();
  private final Map<Tensor, float[]> inputs = new LinkedHashMap<>();
  private final List<Value> operands = new ArrayList<>();

  /**
   * A tensor of the case.
   *
   * @param axes how the engine orders PyTorch's dimensions
   * @param smallest root mean square below which errors count as those of larger values
   */
  private record Value(String role, Tensor tensor, Axes axes, double smallest) {}

  OpCases(VectorCase vectors, Comparison comparison) {
    this.vectors = vectors;
    attributes = vectors.attributes();
    this.comparison = comparison;
  }

  /** Computes the case and compares the results. */
  void check(String op, Backend backend, boolean fusion) {
    List<Value> values =
        switch (op) {
          case "conv2d" -> result(biased(convolution(operand("x", IMAGES))), IMAGES);
          case "linear" -> linear();
          case "max_pool2d" -> result(maxPool(operand("x", IMAGES)), IMAGES);
          case "global_average_pool" ->
              result(tape.globalAveragePool(operand("x", IMAGES)), Axes.last(2, -1));
          case "batch_norm" -> batchNorm();
          case "add" -> add();
          case "leaky_relu" -> elementwise(x -> tape.leakyRelu(x, slope()));
          case "relu" -> elementwise(tape::relu);
          case "softmax" -> rows(tape::softmax);
          case "log_softmax" -> rows(tape::logSoftmax);
          case "cross_entropy" -> crossEntropy();
          case "rehearsal_kd_loss" -> rehearsalKd();
          default -> throw new IllegalArgumentException("the op \"%s\"".formatted(op));
        };
    values.forEach(value -> tape.keep(value.tensor));
    Plan plan =
        Plan.compile(fusion ? Fusion.rewrite(tape.graph()) : tape.graph(), backend, Map.of());
    inputs.forEach((tensor, numbers) -> plan.buffer(tensor).write(numbers));
    plan.run();
    backend.finish();
    for (Value value : values) {
      float[] torch =
          value.axes.inverse().apply(value.tensor.shape(), plan.buffer(value.tensor).read());
      vectors
          .find(value.role)
          .ifPresent(expected -> comparison.compare(value.role, expected, torch, value.smallest));
      vectors
          .sketch(value.role)
          .ifPresent(expected -> comparison.compare(value.role, expected, torch, value.smallest));
    }
  }

  private Tensor convolution(Tensor x) {
    Shape w = vectors.shape("w");
    int kernel = attributes.whole("kernel", w.dim(-1));
    if (kernel != w.dim(-1)) {
      throw new IllegalArgumentException(
          "kernel is %d, but w has the shape %s".formatted(kernel, w));
    }
    // [O, C, KH, KW] in PyTorch, [KH, KW, C, O] here.
    Tensor weight = operand("w", new Axes(2, 3, 1, 0));
    return tape.conv2d(x, weight, attributes.whole("stride", 1), attributes.whole("padding", 0));
  }

  private List<Value> linear() {
    Shape w = vectors.shape("w");
    int rows = vectors.shape("x").elements() / w.dim(1);
    Tensor x = operand("x", shape(rows, w.dim(1)), Axes.last(2, -1));
    Tensor weight = operand("w", Axes.last(2, -1));
    return result(biased(tape.matmul(x, tape.transposed(weight))), Axes.last(2, -1));
  }

  private Tensor biased(Tensor y) {
    if (!vectors.has("b")) {
      return y;
    }
    return tape.addBias(y, operand("b", shape(y.shape().dim(-1)), Axes.last(1, -1)));
  }

  private Tensor maxPool(Tensor x) {
    int kernel = attributes.whole("kernel", 2);
    int stride = attributes.whole("stride", kernel);
    return tape.maxPool2d(bordered(x, attributes.whole("padding", 0)), kernel, stride);
  }

  /** Images with a border that is never the largest: how PyTorch pads before it pools. */
  private Tensor bordered(Tensor images, int border) {
    if (border == 0) {
      return images;
    }
    Tensor zeros = tape.pad(tape.pad(images, 1, border, border), 2, border, border);
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
    Tensor mask = tape.input("border", outer);
    inputs.put(mask, never);
    return tape.add(zeros, mask);
  }

  /**
   * Batch normalisation of each channel of images, as {@code F.batch_norm}: with the statistics of
   * the batch if {@code training}, with the running ones otherwise.
   */
  private List<Value> batchNorm() {
    Axes row = Axes.last(1, -1);
    float eps = (float) attributes.number("eps", 1e-5);
    float momentum = (float) attributes.number("momentum", 0.1);
    boolean training = attributes.flag("training");
    Tensor x = operand("x", IMAGES);
    Tensor gamma = operand("gamma", row);
    Tensor beta = operand("beta", row);
    Tensor mean = input("running_mean", vectors.shape("running_mean"), row);
    Tensor variance = input("running_var", vectors.shape("running_var"), row);
    Op norm = training ? new BatchNorm(momentum, eps) : new BatchNormInference(eps);
    Tensor y = tape.apply(norm, x, gamma, beta, mean, variance);
    List<Value> values = new ArrayList<>(result(y, IMAGES));
    values.add(new Value("running_mean_after", mean, row, Comparison.SMALLEST));
    values.add(new Value("running_var_after", variance, row, Comparison.SMALLEST));
    return values;
  }

  /** The sum of two tensors of one shape: what a residual block ends with. */
  private List<Value> add() {
    Axes row = Axes.last(1, -1);
    Shape flat = shape(vectors.shape("a").elements());
    return result(tape.add(operand("a", flat, row), operand("b", flat, row)), row);
  }

  private double slope() {
    return attributes.number(attributes.has("negative_slope") ? "negative_slope" : "slope", 0.01);
  }

  private List<Value> elementwise(UnaryOperator<Tensor> op) {
    Axes row = Axes.last(1, -1);
    return result(op.apply(operand("x", shape(vectors.shape("x").elements()), row)), row);
  }

  /** An op over one dimension, which is brought to the end. */
  private List<Value> rows(UnaryOperator<Tensor> op) {
    Axes last = Axes.last(vectors.shape("x").rank(), attributes.whole("dim", -1));
    return result(op.apply(operand("x", last)), last);
  }

  /** Mean cross-entropy of logits and labels. */
  private List<Value> crossEntropy() {
    Tensor ce = tape.crossEntropy(operand("logits", Axes.last(2, -1)), labels());
    return withGradients(List.of(term("loss", ce, 1)), () -> ce);
  }

  /** {@code alpha CE + (1 - alpha) KD} over a batch, as in the rehearsal + KD strategy. */
  private List<Value> rehearsalKd() {
    double alpha = attributes.number("alpha", 0.5);
    double temperature = attributes.number("temperature", 2);
    double factor = temperature * temperature;
    Tensor logits = operand("logits", Axes.last(2, -1));
    Tensor old = input("old_logits", vectors.shape("old_logits"), Axes.last(2, -1));
    Tensor ce = tape.crossEntropy(logits, labels());
    Tensor kd = tape.kd(logits, old, temperature);
    Tensor loss = tape.add(tape.scale(alpha, ce), tape.scale(1 - alpha, kd));
    return withGradients(
        List.of(
            term("cross_entropy", ce, factor), term("kd", kd, factor), term("loss", loss, factor)),
        () -> loss);
  }

  private static Value term(String role, Tensor tensor, double factor) {
    return new Value(role, tensor, Axes.last(1, -1), Comparison.smallestLoss(factor));
  }

  private Tensor labels() {
    return input("labels", shape(vectors.shape("logits").dim(0)), Axes.last(1, -1));
  }

  /** The tensor of a role; its gradient is compared if the case has it. */
  private Tensor operand(String role, Axes axes) {
    return operand(role, vectors.shape(role), axes);
  }

  private Tensor operand(String role, Shape torch, Axes axes) {
    Tensor tensor = input(role, torch, axes);
    operands.add(new Value("d" + role, tensor, axes, Comparison.SMALLEST));
    return tensor;
  }

  private Tensor input(String role, Shape torch, Axes axes) {
    float[] values = vectors.values(role);
    if (values.length != torch.elements()) {
      throw new IllegalArgumentException(
          "%s has %d elements, expected shape %s".formatted(role, values.length, torch));
    }
    Tensor tensor = tape.input(role, axes.apply(torch));
    inputs.put(tensor, axes.apply(torch, values));
    return tensor;
  }

  /** y, which the case must have, and the gradients of its scalar product with dy. */
  private List<Value> result(Tensor y, Axes axes) {
    vectors.requireExpected("y");
    return withGradients(
        List.of(new Value("y", y, axes, Comparison.SMALLEST)),
        () -> tape.sum(tape.multiply(y, input("dy", axes.inverse().apply(y.shape()), axes))));
  }

  /** The results, and those gradients of {@code loss} that the case has. */
  private List<Value> withGradients(List<Value> results, Supplier<Tensor> loss) {
    List<Value> all = new ArrayList<>(results);
    List<Value> of = operands.stream().filter(d -> vectors.expects(d.role)).toList();
    if (!of.isEmpty()) {
      List<Tensor> gradients =
          Autograd.gradients(tape, loss.get(), of.stream().map(Value::tensor).toList());
      for (int i = 0; i < of.size(); i++) {
        Value d = of.get(i);
        all.add(new Value(d.role, gradients.get(i), d.axes, d.smallest));
      }
    }
    return all;
  }
}
