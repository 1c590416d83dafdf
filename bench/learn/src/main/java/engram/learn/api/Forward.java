package engram.learn.api;

import engram.op.Values;

/**
 * Chapter 2: ops forward. Every element of the result is written, whatever it held before; operands
 * are read only.
 */
public final class Forward {
  private Forward() {}

  /** Leaky ReLU, elementwise: x -> y, of one shape. */
  public interface LeakyRelu {
    /**
     * @param x any shape
     * @param slope for numbers that are not above 0
     * @param y the result, same shape as x
     */
    void forward(Values x, double slope, Values y);
  }

  /** Matrix product: y = op(a) op(b), where op transposes if the flag says so. */
  public interface Matmul {
    /**
     * @param a [M, K]; [K, M] if transposeA
     * @param b [K, N]; [N, K] if transposeB
     * @param y the result [M, N]
     */
    void forward(Values a, Values b, boolean transposeA, boolean transposeB, Values y);
  }

  /** Softmax over the innermost axis: each row becomes probabilities. */
  public interface Softmax {
    /**
     * @param x [..., K]
     * @param y the result, same shape as x
     */
    void forward(Values x, Values y);
  }

  /** Two-dimensional convolution, channels last. */
  public interface Conv2d {
    /**
     * @param x pictures [N, H, W, C]
     * @param w weights [KH, KW, C, O]
     * @param stride step between output pixels
     * @param padding rows and columns of zeros around x
     * @param y the result [N, OH, OW, O]
     */
    void forward(Values x, Values w, int stride, int padding, Values y);
  }

  /** Maximum over square windows, channels last. */
  public interface MaxPool {
    /**
     * @param x pictures [N, H, W, C]
     * @param kernel rows and columns of a window
     * @param stride step between windows
     * @param y the result [N, OH, OW, C]
     * @param indices the result, too, same shape: where in its window each maximum was, row *
     *     kernel + column
     */
    void forward(Values x, int kernel, int stride, Values y, Values indices);
  }
}
