package engram.nn.init;

import engram.random.CounterRandom;

/**
 * How the first values of a parameter are drawn.
 *
 * <p>Element {@code i}, counted in PyTorch's layout of the parameter, is a function of draw {@code
 * i} of the stream (seed, parameter name): no parameter's values depend on which others there are,
 * on the engine's layout, or on the backend.
 */
public interface Initialiser {

  /**
   * Number of connections that meet in a parameter, which sets the scale of its values.
   *
   * @param in inputs of one output element: kernel height x width x channels, or features
   * @param out outputs that one input element feeds, counted likewise
   */
  record Fan(int in, int out) {}

  /** Value of element {@code index}. */
  float value(CounterRandom random, Fan fan, int index);

  /** Uniform within +-sqrt(6 / (fan in + fan out)) (Glorot and Bengio 2010). */
  record XavierUniform() implements Initialiser {
    @Override
    public float value(CounterRandom random, Fan fan, int index) {
      return uniform(random, Math.sqrt(6.0 / (fan.in() + fan.out())), index);
    }
  }

  /**
   * Uniform within +-sqrt(6 / ((1 + slope^2) fan in)) (He et al. 2015).
   *
   * @param slope slope of the leaky ReLU that follows; 0 for the plain one
   */
  record KaimingUniform(double slope) implements Initialiser {
    @Override
    public float value(CounterRandom random, Fan fan, int index) {
      return uniform(random, Math.sqrt(6 / ((1 + slope * slope) * fan.in())), index);
    }
  }

  /** Normal with standard deviation sqrt(2 / ((1 + slope^2) fan in)) (He et al. 2015). */
  record KaimingNormal(double slope) implements Initialiser {
    @Override
    public float value(CounterRandom random, Fan fan, int index) {
      return (float) (Math.sqrt(2 / ((1 + slope * slope) * fan.in())) * random.normal(index));
    }
  }

  /**
   * Normal with standard deviation sqrt(2 / ((1 + slope^2) fan out)): the gradients, not the
   * values, keep their size from layer to layer (He et al. 2015; residual networks begin so).
   */
  record KaimingNormalOut(double slope) implements Initialiser {
    @Override
    public float value(CounterRandom random, Fan fan, int index) {
      return (float) (Math.sqrt(2 / ((1 + slope * slope) * fan.out())) * random.normal(index));
    }
  }

  /**
   * What PyTorch gives weights and biases of Conv2d and Linear by default: uniform within +-1 /
   * sqrt(fan in).
   */
  record TorchDefault() implements Initialiser {
    @Override
    public float value(CounterRandom random, Fan fan, int index) {
      return uniform(random, 1 / Math.sqrt(fan.in()), index);
    }
  }

  /** The same value everywhere. */
  record Constant(float constant) implements Initialiser {
    @Override
    public float value(CounterRandom random, Fan fan, int index) {
      return constant;
    }
  }

  /** All zeros. */
  static Initialiser zeros() {
    return new Constant(0);
  }

  /** All ones. */
  static Initialiser ones() {
    return new Constant(1);
  }

  private static float uniform(CounterRandom random, double bound, int index) {
    return (float) (bound * (2 * random.uniformDouble(index) - 1));
  }
}
