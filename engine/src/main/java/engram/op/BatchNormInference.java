package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.List;

/**
 * Batch normalisation with fixed statistics, as a trained network uses it.
 *
 * <p>x [..., C], gamma, beta, mean, variance [C] -> y [..., C], inverse deviation [C]:
 *
 * <pre>
 * inverse[c] = 1 / sqrt(variance[c] + eps)   y[r, c] = (x[r, c] - mean[c]) inverse[c] gamma[c] + beta[c]
 * </pre>
 *
 * @param eps added to the variance, above 0: that of the {@link BatchNorm} that was trained
 */
public record BatchNormInference(float eps) implements Op {

  public BatchNormInference {
    require(eps > 0, "eps is " + eps + ", expected eps > 0");
  }

  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    BatchNorm.requireChannels(this, inputs, 1);
    return inputs.subList(0, 2);
  }

  @Override
  public void gradient(GradientBuilder g) {
    Tensor x = g.input(0);
    Tensor inverse = g.output(1);
    BatchNorm.parameterGradient(g, x, g.input(3), inverse);
    if (g.needs(0)) {
      Tensor factor = g.multiply(g.input(1), inverse);
      Tensor factors = g.repeatRows(factor, x.shape());
      g.contribute(0, g.multiply(g.outputGradient(), factors));
    }
  }

  @Override
  public boolean differentiable(int input) {
    return input < 3;
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    Values x = inputs.get(0);
    Values inverse = outputs.get(1);
    for (int c = 0; c < inverse.size(); c++) {
      inverse.set(c, 1 / Math.sqrt(inputs.get(4).get(c) + eps));
    }
    for (int i = 0; i < x.size(); i++) {
      int c = i % inverse.size();
      double normal = (x.get(i) - inputs.get(3).get(c)) * inverse.get(c);
      outputs.get(0).set(i, normal * inputs.get(1).get(c) + inputs.get(2).get(c));
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
        of(shape(40, 19)).sprinkle(0, Double.NaN, Double.POSITIVE_INFINITY));
  }

  private static OpCase of(Shape x) {
    Shape channels = shape(x.dim(-1));
    return OpCase.of(new BatchNormInference(1e-5f), x, channels, channels, channels, channels)
        .with(4, new Sample.Uniform(0.5, 2));
  }
}
