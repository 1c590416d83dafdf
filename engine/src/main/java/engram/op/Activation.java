package engram.op;

/** An op on each element that another may take into its own loop. */
public sealed interface Activation extends Op permits Relu, LeakyRelu {

  /** Its value at {@code z}. */
  double of(double z);

  /** What tells its gradient from y and dy. */
  Op gradient();
}
