package engram.op;

/** An op on each element that another may take into its own loop. */
public sealed interface Activation extends Op permits Relu, LeakyRelu {

  /** Its value at {@code z}. */
  double of(double z);

  /** Slope for numbers below 0: that of a leaky ReLU, 0 of a ReLU. */
  float slope();

  /** What tells its gradient from y and dy. */
  Op gradient();
}
