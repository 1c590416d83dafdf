package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * One step of stochastic gradient descent over a flat buffer of parameters, as {@code
 * torch.optim.SGD} (dampening 0).
 *
 * <p>Operands p, g, velocity [P], rate [1]; p and velocity are updated:
 *
 * <pre>d = g + weightDecay p
 * velocity = momentum velocity + d
 * p = p - rate (nesterov ? d + momentum velocity : velocity)</pre>
 *
 * Velocity starts at zero, which makes the first step that of PyTorch.
 *
 * @param momentum share of the velocity that is kept, {@code 0 <= momentum < 1}
 * @param nesterov looks ahead by one step of velocity; needs momentum
 * @param weightDecay L2 penalty, 0 or more
 */
public record SgdStep(double momentum, boolean nesterov, double weightDecay) implements Op {

  public SgdStep {
    require(
        momentum >= 0 && momentum < 1, "momentum is " + momentum + ", expected 0 <= momentum < 1");
    require(!nesterov || momentum > 0, "nesterov needs a momentum above 0");
    require(weightDecay >= 0, "weight decay is " + weightDecay + ", expected 0 or more");
  }

  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    Shape p = inputs.get(0);
    require(
        inputs.equals(List.of(p, p, p, shape(1))),
        inputs,
        "p, g and velocity need one shape, the rate one element",
        "Operands are p, g, velocity, rate");
    return List.of();
  }

  @Override
  public List<Integer> updates() {
    return List.of(0, 2);
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    Values p = inputs.get(0);
    Values velocity = inputs.get(2);
    double rate = inputs.get(3).get(0);
    for (int i = 0; i < p.size(); i++) {
      double d = inputs.get(1).get(i) + weightDecay * p.get(i);
      double v = momentum * velocity.get(i) + d;
      velocity.set(i, v);
      p.add(i, -rate * (nesterov ? d + momentum * v : v));
    }
  }

  @Override
  public long flops(List<Shape> inputs) {
    return (nesterov ? 8L : 6L) * inputs.get(0).elements();
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        of(new SgdStep(0, false, 0), 1),
        of(new SgdStep(0.9, false, 0), 67),
        of(new SgdStep(0.9, true, 5e-4), 33),
        of(new SgdStep(0.5, false, 0.1), 40_001),
        of(new SgdStep(0.9, true, 0.1), 16).sprinkle(1, Double.NaN, Double.POSITIVE_INFINITY));
  }

  private static OpCase of(SgdStep op, int count) {
    return OpCase.of(op, shape(count), shape(count), shape(count), shape(1))
        .with(3, new Sample.Constant(0.1));
  }
}
