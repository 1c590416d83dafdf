package engram.learn.api;

import engram.op.Values;

/**
 * Chapter 2: ops forward. Every element of the result is written, whatever it held before; operands
 * are read only.
 */
public final class Forward {
  private Forward() {}

  /** Leaky ReLU: x -> y, of one shape. */
  public interface LeakyRelu {
    /**
     * @param x any shape
     * @param slope for numbers that are not above 0
     * @param y the result, same shape as x
     */
    void forward(Values x, double slope, Values y);
  }
}
