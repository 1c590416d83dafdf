package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Batch normalisation in training, fused with what follows it in a residual network.
 *
 * <pre>y = activation(batch_norm(x) + r)</pre>
 *
 * x [..., C], gamma, beta, running mean, running variance [C], and r [..., C] where there is a
 * residual -> y [..., C], mean [C], inverse deviation [C], all as {@link BatchNorm} has them. What
 * lies between is never stored.
 *
 * @param norm the normalisation that it begins with
 * @param activation a ReLU, leaky or not
 * @param residual whether r is added before the activation
 */
public record FusedBatchNorm(BatchNorm norm, Activation activation, boolean residual)
    implements Op {
  private static final int RESIDUAL = 5;

  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    require(
        inputs.size() == (residual ? RESIDUAL + 1 : RESIDUAL)
            && (!residual || inputs.get(RESIDUAL).equals(inputs.get(0))),
        inputs,
        residual ? "the residual must have the shape of x" : "there is no residual",
        "Operands are x, gamma, beta, mean, variance, and the residual if there is one");
    return norm.outputs(inputs.subList(0, RESIDUAL));
  }

  @Override
  public void gradient(GradientBuilder g) {
    Tensor x = g.input(0);
    Tensor gamma = g.input(1);
    Tensor beta = g.input(2);
    Tensor mean = g.output(1);
    Tensor inverse = g.output(2);
    Tensor dy = g.outputGradient();
    if (residual) {
      Tensor dz = g.apply(activation.gradient(), g.output(0), dy);
      g.contribute(RESIDUAL, () -> dz);
      Tensor both = g.apply(new BatchNorm.ParameterGradient(), x, dz, mean, inverse);
      BatchNorm.contributeParameters(g, both);
      g.contribute(0, new BatchNorm.InputGradient(), x, dz, gamma, mean, inverse, both);
      return;
    }
    Tensor both = g.apply(new ParameterGradient(activation), x, dy, gamma, beta, mean, inverse);
    BatchNorm.contributeParameters(g, both);
    g.contribute(0, new InputGradient(activation), x, dy, gamma, beta, mean, inverse, both);
  }

  @Override
  public List<Integer> updates() {
    return norm.updates();
  }

  @Override
  public boolean differentiable(int input) {
    return input < 3 || input == RESIDUAL;
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    norm.reference(inputs.subList(0, RESIDUAL), outputs);
    Values y = outputs.get(0);
    for (int i = 0; i < y.size(); i++) {
      y.set(i, activation.of(y.get(i) + (residual ? inputs.get(RESIDUAL).get(i) : 0)));
    }
  }

  @Override
  public long flops(List<Shape> inputs) {
    return norm.flops(inputs) + 2L * inputs.get(0).elements();
  }

  @Override
  public List<OpCase> cases() {
    Activation relu = new Relu();
    Activation leaky = new LeakyRelu(0.2f);
    return List.of(
        of(shape(2, 1), relu, false),
        of(shape(7, 17), leaky, false),
        of(shape(3, 9, 9, 33), relu, true),
        of(shape(1700, 3), leaky, true),
        of(shape(40, 19), relu, true).sprinkle(0, Double.NaN, Double.POSITIVE_INFINITY),
        of(shape(40, 19), relu, true).sprinkle(5, Double.NaN, Double.NEGATIVE_INFINITY));
  }

  private static OpCase of(Shape x, Activation activation, boolean residual) {
    Shape channels = shape(x.dim(-1));
    List<Shape> shapes = new ArrayList<>(List.of(x, channels, channels, channels, channels));
    if (residual) {
      shapes.add(x);
    }
    Op op = new FusedBatchNorm(new BatchNorm(0.1f, 1e-5f), activation, residual);
    return OpCase.of(op, shapes.toArray(Shape[]::new)).with(4, new Sample.Uniform(0.5, 2));
  }

  /** Gradient at the result of {@link BatchNorm}, told again from its operands. */
  private static Values before(Activation activation, List<Values> inputs) {
    Values x = inputs.get(0);
    int channels = x.dim(-1);
    Values z = Values.zeros(x.shape());
    for (int i = 0; i < x.size(); i++) {
      int c = i % channels;
      double normal = (x.get(i) - inputs.get(4).get(c)) * inputs.get(5).get(c);
      z.set(i, normal * inputs.get(2).get(c) + inputs.get(3).get(c));
    }
    Values dz = Values.zeros(x.shape());
    activation.gradient().reference(List.of(z, inputs.get(1)), List.of(dz));
    return dz;
  }

  private static List<Shape> requireOperands(Op op, List<Shape> inputs, int channelOperands) {
    BatchNorm.requireSame(op, inputs);
    BatchNorm.requireChannels(op, inputs.subList(0, 2 + channelOperands), 2);
    return inputs;
  }

  private static OpCase small(Op op, Shape x, Shape... more) {
    Shape c = shape(x.dim(-1));
    List<Shape> shapes = new ArrayList<>(List.of(x, x, c, c, c, c));
    shapes.addAll(List.of(more));
    return OpCase.of(op, shapes.toArray(Shape[]::new)).with(5, new Sample.Uniform(0.5, 2));
  }

  /**
   * Gradients of gamma and beta: x, dy [..., C], gamma, beta, mean, inverse deviation [C] -> [2,
   * C], row 0 dgamma and row 1 dbeta, as {@link BatchNorm.ParameterGradient} makes them of
   *
   * <pre>dz[r, c] = dy[r, c] activation'((x[r, c] - mean[c]) inverse[c] gamma[c] + beta[c])</pre>
   *
   * @param activation behind the normalisation
   */
  public record ParameterGradient(Activation activation) implements Op {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      return List.of(shape(2, requireOperands(this, inputs, 4).get(0).dim(-1)));
    }

    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      List<Values> plain =
          List.of(inputs.get(0), before(activation, inputs), inputs.get(4), inputs.get(5));
      new BatchNorm.ParameterGradient().reference(plain, outputs);
    }

    @Override
    public long flops(List<Shape> inputs) {
      return 8L * inputs.get(0).elements();
    }

    @Override
    public List<OpCase> cases() {
      return List.of(
          small(this, shape(1, 1)),
          small(new ParameterGradient(new LeakyRelu(0.2f)), shape(7, 17)),
          small(this, shape(3, 9, 9, 33)),
          small(this, shape(1700, 3)),
          small(this, shape(40, 19)).sprinkle(1, Double.NaN));
    }
  }

  /**
   * Gradient of the input: x, dy [..., C], gamma, beta, mean, inverse deviation [C], the result of
   * {@link ParameterGradient} [2, C] -> dx [..., C], as {@link BatchNorm.InputGradient} makes it of
   *
   * <pre>dz[r, c] = dy[r, c] activation'((x[r, c] - mean[c]) inverse[c] gamma[c] + beta[c])</pre>
   *
   * @param activation behind the normalisation
   */
  public record InputGradient(Activation activation) implements Op {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      requireOperands(this, inputs, 4);
      require(
          inputs.get(6).equals(shape(2, inputs.get(0).dim(-1))),
          inputs,
          "the parameter gradients must be [2, channels]",
          "Rows: dgamma, dbeta");
      return inputs.subList(0, 1);
    }

    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      List<Values> plain =
          List.of(
              inputs.get(0),
              before(activation, inputs),
              inputs.get(2),
              inputs.get(4),
              inputs.get(5),
              inputs.get(6));
      new BatchNorm.InputGradient().reference(plain, outputs);
    }

    @Override
    public long flops(List<Shape> inputs) {
      return 9L * inputs.get(0).elements();
    }

    @Override
    public List<OpCase> cases() {
      return List.of(
          small(this, shape(2, 1), shape(2, 1)),
          small(new InputGradient(new LeakyRelu(0.2f)), shape(7, 17), shape(2, 17)),
          small(this, shape(3, 9, 9, 33), shape(2, 33)),
          small(this, shape(40, 19), shape(2, 19)).sprinkle(1, Double.NaN));
    }
  }
}
