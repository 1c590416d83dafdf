package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * Scales each row to length one, as {@code torch.nn.functional.normalize}.
 *
 * <p>x [..., C] -> y [..., C], length [rows]:
 *
 * <pre>length[r] = max(sqrt(sum over c of x[r, c]^2), eps)   y[r, c] = x[r, c] / length[r]</pre>
 *
 * A row of zeros stays zero.
 *
 * @param eps lower bound of the length, above 0; PyTorch's default is 1e-12
 */
public record L2Normalize(float eps) implements Op {

  public L2Normalize {
    require(eps > 0, "eps is " + eps + ", expected eps > 0");
  }

  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    return List.of(inputs.get(0), shape(inputs.get(0).rows()));
  }

  @Override
  public void gradient(GradientBuilder g) {
    g.contribute(0, new Gradient(eps), g.output(0), g.output(1), g.outputGradient());
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    for (int r = 0; r < inputs.get(0).shape().rows(); r++) {
      Values x = inputs.get(0).row(r);
      double length = Math.max(Math.sqrt(x.dot(x)), eps);
      outputs.get(1).set(r, length);
      outputs.get(0).row(r).map(x, value -> value / length);
    }
  }

  @Override
  public long flops(List<Shape> inputs) {
    return 3L * inputs.get(0).elements();
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(new L2Normalize(1e-12f), shape(1)),
        OpCase.of(new L2Normalize(1e-12f), shape(5, 17)),
        OpCase.of(new L2Normalize(1e-12f), shape(2, 3, 64)),
        OpCase.of(new L2Normalize(100), shape(3, 33)),
        OpCase.of(new L2Normalize(1e-12f), shape(2, 9))
            .with(0, new Sample.Constant(0))
            .sprinkle(0, 0, 1e-25),
        OpCase.of(new L2Normalize(1e-12f), shape(2, 9)).sprinkle(0, 1e30),
        OpCase.of(new L2Normalize(1e-12f), shape(9, 5))
            .sprinkle(0, Double.NaN, Double.POSITIVE_INFINITY));
  }

  /**
   * Gradient of {@link L2Normalize}: y [..., C], length [rows], dy [..., C] -> dx [..., C]:
   *
   * <pre>dx[r, c] = (dy[r, c] - y[r, c] sum over k of dy[r, k] y[r, k]) / length[r]</pre>
   *
   * Where eps was the length, the length is a constant: {@code dx[r, c] = dy[r, c] / eps}.
   */
  public record Gradient(float eps) implements Op {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shape y = inputs.get(0);
      require(
          inputs.equals(List.of(y, shape(y.rows()), y)),
          inputs,
          "operands do not fit",
          "y [..., channels], length [rows], dy as y");
      return inputs.subList(0, 1);
    }

    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      for (int r = 0; r < inputs.get(0).shape().rows(); r++) {
        Values y = inputs.get(0).row(r);
        Values dy = inputs.get(2).row(r);
        double length = inputs.get(1).get(r);
        double along = length == eps ? 0 : y.dot(dy);
        outputs.get(0).row(r).map(y, dy, (a, da) -> (da - a * along) / length);
      }
    }

    @Override
    public long flops(List<Shape> inputs) {
      return 5L * inputs.get(0).elements();
    }

    @Override
    public List<OpCase> cases() {
      return List.of(
          of(1e-12f, shape(1, 1)),
          of(1e-12f, shape(5, 17)),
          of(1e-12f, shape(2, 3, 64)),
          of(3, shape(4, 33)).with(1, new Sample.Constant(3)),
          of(1e-12f, shape(9, 5)).sprinkle(2, Double.NaN, Double.POSITIVE_INFINITY));
    }

    private static OpCase of(float eps, Shape y) {
      return OpCase.of(new Gradient(eps), y, shape(y.rows()), y)
          .with(1, new Sample.Uniform(0.5, 2));
    }
  }
}
