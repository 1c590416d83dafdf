package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * One step of Adam (Kingma, Ba 2015) or AdamW (Loshchilov, Hutter 2019) over a flat buffer of
 * parameters, as {@code torch.optim.Adam} and {@code AdamW}.
 *
 * <p>Operands p, g, m, v [P], step [1], rate [1]; all but g and rate are updated. Step counts the
 * steps taken, m, v and step start at zero:
 *
 * <pre>step = step + 1
 * decoupled: p = p - rate weightDecay p      else: g = g + weightDecay p
 * m = m + (1 - beta1) (g - m)
 * v = beta2 v + (1 - beta2) g^2
 * p = p - rate / (1 - beta1^step) m / (sqrt(v) / sqrt(1 - beta2^step) + epsilon)</pre>
 *
 * @param beta1 share of the mean gradient that is kept, {@code 0 <= beta1 < 1}
 * @param beta2 share of the mean square that is kept, {@code 0 <= beta2 < 1}
 * @param epsilon keeps the quotient finite, 0 or more
 * @param weightDecay 0 or more
 * @param decoupled whether weight decay shrinks the parameters (AdamW) or adds to the gradient
 */
public record AdamStep(
    double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled)
    implements Op {

  public AdamStep {
    require(
        beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1,
        "betas are %s and %s, expected 0 <= beta < 1".formatted(beta1, beta2));
    require(
        epsilon >= 0 && weightDecay >= 0,
        "epsilon is %s and weight decay %s, expected 0 or more".formatted(epsilon, weightDecay));
  }

  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    Shape p = inputs.get(0);
    require(
        inputs.equals(List.of(p, p, p, p, shape(1), shape(1))),
        inputs,
        "p, g, m and v need one shape, step and rate one element",
        "Operands are p, g, m, v, step, rate");
    return List.of();
  }

  @Override
  public List<Integer> updates() {
    return List.of(0, 2, 3, 4);
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    Values p = inputs.get(0);
    Values m = inputs.get(2);
    Values v = inputs.get(3);
    Values step = inputs.get(4);
    double rate = inputs.get(5).get(0);
    step.add(0, 1);
    double meanCorrection = 1 - StrictMath.pow(beta1, step.get(0));
    double squareCorrection = StrictMath.sqrt(1 - StrictMath.pow(beta2, step.get(0)));
    for (int i = 0; i < p.size(); i++) {
      double g = inputs.get(1).get(i);
      if (decoupled) {
        p.set(i, p.get(i) * (1 - rate * weightDecay));
      } else {
        g += weightDecay * p.get(i);
      }
      m.set(i, m.get(i) + (1 - beta1) * (g - m.get(i)));
      v.set(i, beta2 * v.get(i) + (1 - beta2) * g * g);
      double scale = Math.sqrt(v.get(i)) / squareCorrection + epsilon;
      p.add(i, -rate / meanCorrection * m.get(i) / scale);
    }
  }

  @Override
  public long flops(List<Shape> inputs) {
    return 14L * inputs.get(0).elements();
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        of(new AdamStep(0.9, 0.999, 1e-8, 0, false), 1, 0),
        of(new AdamStep(0.9, 0.999, 1e-8, 0, false), 67, 6),
        of(new AdamStep(0.8, 0.99, 1e-6, 0.1, false), 33, 1),
        of(new AdamStep(0.9, 0.999, 1e-8, 0.01, true), 40_001, 1000),
        of(new AdamStep(0.9, 0.999, 1e-8, 0.01, true), 16, 3)
            .sprinkle(1, Double.NaN, Double.POSITIVE_INFINITY));
  }

  private static OpCase of(AdamStep op, int count, int steps) {
    return OpCase.of(op, shape(count), shape(count), shape(count), shape(count), shape(1), shape(1))
        .with(3, new Sample.Uniform(0, 2))
        .with(4, new Sample.Constant(steps))
        .with(5, new Sample.Constant(0.01));
  }
}
