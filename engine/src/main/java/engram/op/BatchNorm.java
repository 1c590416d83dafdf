package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.List;

/**
 * Batch normalisation in training (Ioffe and Szegedy 2015), for each channel over all rows.
 *
 * <p>x [..., C], gamma, beta, running mean, running variance [C] -> y [..., C], mean [C], inverse
 * deviation [C]. With m rows:
 *
 * <pre>
 * mean[c] = 1/m sum over r of x[r, c]        variance[c] = 1/m sum over r of (x[r, c] - mean[c])^2
 * inverse[c] = 1 / sqrt(variance[c] + eps)   y[r, c] = (x[r, c] - mean[c]) inverse[c] gamma[c] + beta[c]
 * </pre>
 *
 * The running statistics are updated as in PyTorch: {@code running := (1 - momentum) running +
 * momentum batch}, where the batch variance is the unbiased one, {@code variance m / (m - 1)};
 * there must be two rows or more. {@link BatchNormInference} uses them.
 *
 * @param momentum weight of the new batch, 0 to 1; PyTorch's default is 0.1
 * @param eps added to the variance, above 0; PyTorch's default is 1e-5
 */
public record BatchNorm(float momentum, float eps) implements Op {
  private static final String LAYOUT =
      "Operands are x [..., channels], then gamma, beta, mean, variance, each [channels]";

  public BatchNorm {
    require(
        momentum >= 0 && momentum <= 1 && eps > 0,
        "momentum is %s and eps %s, expected 0 <= momentum <= 1 and eps > 0"
            .formatted(momentum, eps));
  }

  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    Shape x = inputs.get(0);
    requireChannels(this, inputs, 1);
    require(
        x.rows() >= 2,
        inputs,
        "one row has no variance",
        "Training needs two or more values for each channel; use a larger batch");
    return List.of(x, inputs.get(1), inputs.get(1));
  }

  /** Checks that the operands from {@code from} on have one value for each channel of the first. */
  static void requireChannels(Op op, List<Shape> inputs, int from) {
    Shape channels = shape(inputs.get(0).dim(-1));
    for (Shape other : inputs.subList(from, inputs.size())) {
      op.require(
          other.equals(channels),
          inputs,
          "input has %d channels, but not %s".formatted(channels.dim(0), other),
          LAYOUT);
    }
  }

  @Override
  public void gradient(GradientBuilder g) {
    Tensor x = g.input(0);
    Tensor mean = g.output(1);
    Tensor inverse = g.output(2);
    Tensor sums = parameterGradient(g, x, mean, inverse);
    g.contribute(0, new InputGradient(), x, g.outputGradient(), g.input(1), mean, inverse, sums);
  }

  /** Contributes dgamma and dbeta, operands 1 and 2, and returns the tensor that holds both. */
  static Tensor parameterGradient(GradientBuilder g, Tensor x, Tensor mean, Tensor inverse) {
    Tensor both = g.apply(new ParameterGradient(), x, g.outputGradient(), mean, inverse);
    contributeParameters(g, both);
    return both;
  }

  /** Contributes the rows of {@code both} [2, C] to gamma and beta, operands 1 and 2. */
  static void contributeParameters(GradientBuilder g, Tensor both) {
    Shape channels = shape(both.shape().dim(-1));
    g.contribute(1, new View(0, channels), both);
    g.contribute(2, new View(channels.elements(), channels), both);
  }

  @Override
  public List<Integer> updates() {
    return List.of(3, 4);
  }

  @Override
  public boolean differentiable(int input) {
    return input < 3;
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    Values x = inputs.get(0);
    int channels = x.dim(-1);
    int rows = x.shape().rows();
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        sum += x.get(r * channels + c);
      }
      double mean = sum / rows;
      double squares = 0;
      for (int r = 0; r < rows; r++) {
        double deviation = x.get(r * channels + c) - mean;
        squares += deviation * deviation;
      }
      double inverse = 1 / Math.sqrt(squares / rows + eps);
      for (int r = 0; r < rows; r++) {
        double normal = (x.get(r * channels + c) - mean) * inverse;
        outputs.get(0).set(r * channels + c, normal * inputs.get(1).get(c) + inputs.get(2).get(c));
      }
      outputs.get(1).set(c, mean);
      outputs.get(2).set(c, inverse);
      average(inputs.get(3), c, mean);
      average(inputs.get(4), c, squares / (rows - 1));
    }
  }

  private void average(Values running, int channel, double batch) {
    running.set(channel, (1 - (double) momentum) * running.get(channel) + momentum * batch);
  }

  @Override
  public long flops(List<Shape> inputs) {
    return 7L * inputs.get(0).elements();
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        of(shape(2, 1)),
        of(shape(7, 17)),
        of(shape(3, 9, 9, 33)),
        of(shape(1700, 3)),
        of(shape(70, 300)),
        // The variance is small beside the mean: E[x^2] - E[x]^2 would lose it in float.
        of(shape(65, 16)).with(0, new Sample.Uniform(30, 31)),
        of(shape(40, 19)).sprinkle(0, Double.NaN, Double.POSITIVE_INFINITY));
  }

  private static OpCase of(Shape x) {
    Shape channels = shape(x.dim(-1));
    return OpCase.of(new BatchNorm(0.1f, 1e-5f), x, channels, channels, channels, channels)
        .with(4, new Sample.Uniform(0.5, 2));
  }

  /**
   * Gradients of gamma and beta: x, dy [..., C], mean, inverse deviation [C] -> [2, C], row 0
   * dgamma and row 1 dbeta.
   *
   * <pre>
   * dgamma[c] = sum over r of dy[r, c] (x[r, c] - mean[c]) inverse[c]    dbeta[c] = sum over r of dy[r, c]
   * </pre>
   */
  public record ParameterGradient() implements Op {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      requireSame(this, inputs);
      requireChannels(this, inputs, 2);
      return List.of(shape(2, inputs.get(0).dim(-1)));
    }

    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      Values x = inputs.get(0);
      Values both = outputs.get(0);
      int channels = x.dim(-1);
      both.fill(0);
      for (int i = 0; i < x.size(); i++) {
        int c = i % channels;
        double dy = inputs.get(1).get(i);
        both.add(c, dy * (x.get(i) - inputs.get(2).get(c)) * inputs.get(3).get(c));
        both.add(channels + c, dy);
      }
    }

    @Override
    public long flops(List<Shape> inputs) {
      return 4L * inputs.get(0).elements();
    }

    @Override
    public List<OpCase> cases() {
      return List.of(
          of(shape(1, 1)),
          of(shape(7, 17)),
          of(shape(3, 9, 9, 33)),
          of(shape(1700, 3)),
          of(shape(70, 300)),
          of(shape(40, 19)).sprinkle(1, Double.NaN));
    }

    private static OpCase of(Shape x) {
      Shape channels = shape(x.dim(-1));
      return OpCase.of(new ParameterGradient(), x, x, channels, channels)
          .with(3, new Sample.Uniform(0.5, 2));
    }
  }

  /**
   * Gradient of the input: x, dy [..., C], gamma, mean, inverse deviation [C], the result of {@link
   * ParameterGradient} [2, C] -> dx [..., C]. With m rows and n[r, c] = (x[r, c] - mean[c])
   * inverse[c]:
   *
   * <pre>dx[r, c] = gamma[c] inverse[c] (dy[r, c] - dbeta[c] / m - n[r, c] dgamma[c] / m)</pre>
   */
  public record InputGradient() implements Op {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      requireSame(this, inputs);
      requireChannels(this, inputs.subList(0, 5), 2);
      require(
          inputs.get(5).equals(shape(2, inputs.get(0).dim(-1))),
          inputs,
          "the parameter gradients must be [2, channels]",
          "Rows: dgamma, dbeta");
      return inputs.subList(0, 1);
    }

    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      Values x = inputs.get(0);
      Values both = inputs.get(5);
      int channels = x.dim(-1);
      double rows = x.shape().rows();
      for (int i = 0; i < x.size(); i++) {
        int c = i % channels;
        double inverse = inputs.get(4).get(c);
        double normal = (x.get(i) - inputs.get(3).get(c)) * inverse;
        double centred =
            inputs.get(1).get(i) - both.get(channels + c) / rows - normal * both.get(c) / rows;
        outputs.get(0).set(i, inputs.get(2).get(c) * inverse * centred);
      }
    }

    @Override
    public long flops(List<Shape> inputs) {
      return 5L * inputs.get(0).elements();
    }

    @Override
    public List<OpCase> cases() {
      return List.of(
          of(shape(2, 1)),
          of(shape(7, 17)),
          of(shape(3, 9, 9, 33)),
          of(shape(40, 19)).sprinkle(1, Double.NaN));
    }

    private static OpCase of(Shape x) {
      Shape channels = shape(x.dim(-1));
      return OpCase.of(new InputGradient(), x, x, channels, channels, channels, shape(2, x.dim(-1)))
          .with(4, new Sample.Uniform(0.5, 2));
    }
  }

  static void requireSame(Op op, List<Shape> inputs) {
    boolean same = inputs.get(0).equals(inputs.get(1));
    op.require(same, inputs, "x and dy must have one shape", "x, dy come first");
  }
}
