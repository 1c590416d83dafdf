package engram.op;

import static engram.tensor.Shape.shape;

import engram.random.CounterRandom;
import engram.tensor.Shape;
import java.util.List;

/**
 * Dropout (Srivastava et al. 2014): sets each element to zero with probability p and scales the
 * others, so that the expected value stays. For training only; at inference leave the op out.
 *
 * <p>x [any shape], step [1] -> y [same shape as x]:
 *
 * <pre>{@code y[i] = x[i] * (random(seed, step, i) < p ? 0 : 1 / (1 - p))}</pre>
 *
 * The mask is a function of seed, step and position alone, the same on every backend: the backward
 * pass draws it again instead of keeping it. Whoever runs the graph counts {@code step} up between
 * training steps, after the backward pass. A zeroed NaN or infinity is NaN, as in PyTorch.
 *
 * @param p probability of zero, {@code 0 <= p < 1}
 * @param seed of this layer; two layers with one seed drop the same positions
 */
public record Dropout(float p, long seed) implements Op {

  public Dropout {
    require(p >= 0 && p < 1, "p is " + p + ", expected 0 <= p < 1");
  }

  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    require(inputs.get(1).equals(shape(1)), inputs, "the step must be [1]", "Operands are x, step");
    return inputs.subList(0, 1);
  }

  /**
   * Random numbers, to be split by step: element i is dropped where {@code bits(i) >>> 40 <
   * threshold()}.
   */
  public CounterRandom random() {
    return CounterRandom.of(seed, "dropout");
  }

  /** p in units of 2^-24, the resolution of the draws. */
  public int threshold() {
    return (int) Math.ceil(p * 0x1p24);
  }

  /** Factor for the elements that stay. */
  public float scale() {
    return 1 / (1 - p);
  }

  @Override
  public void gradient(GradientBuilder g) {
    g.contribute(0, this, g.outputGradient(), g.input(1));
  }

  @Override
  public boolean differentiable(int input) {
    return input == 0;
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    CounterRandom random = random().split((long) inputs.get(1).get(0));
    for (int i = 0; i < inputs.get(0).size(); i++) {
      boolean drop = random.bits(i) >>> 40 < threshold();
      outputs.get(0).set(i, inputs.get(0).get(i) * (drop ? 0 : scale()));
    }
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        of(0.5f, shape(1)),
        of(0.25f, shape(5, 17)),
        of(0, shape(33)),
        of(0.9f, shape(3, 70, 101)),
        of(0.5f, shape(67)).sprinkle(0, Double.NaN, Double.POSITIVE_INFINITY));
  }

  private static OpCase of(float p, Shape x) {
    return OpCase.of(new Dropout(p, 7), x, shape(1)).with(1, new Sample.Constant(12345));
  }
}
