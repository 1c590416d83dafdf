package engram.learn.api;

import engram.op.Values;

/**
 * Chapter 3: gradients by hand. {@code dy} is the gradient of the loss with respect to y; what is
 * asked for is the gradient with respect to an operand. Every element of a result is written,
 * whatever it held before.
 */
public final class Backward {
  private Backward() {}

  /** Of y = x + b in each row. */
  public interface Bias {
    /**
     * @param dy [..., C]
     * @param db the result [C]
     */
    void gradient(Values dy, Values db);
  }

  /** Of y = leaky ReLU of x. */
  public interface LeakyRelu {
    /**
     * @param y any shape; it has the sign of x, so that x need not be kept
     * @param dy same shape
     * @param dx the result, same shape
     */
    void gradient(Values y, Values dy, double slope, Values dx);
  }

  /** Of y = a b, with a [M, K], b [K, N], y [M, N]. */
  public interface Matmul {
    /**
     * @param dy [M, N]
     * @param b [K, N]
     * @param da the result [M, K]
     */
    void left(Values dy, Values b, Values da);

    /**
     * @param a [M, K]
     * @param dy [M, N]
     * @param db the result [K, N]
     */
    void right(Values a, Values dy, Values db);
  }

  /** Of the mean cross-entropy of logits [N, K] and labels [N]. */
  public interface CrossEntropy {
    /**
     * @param probabilities softmax of the logits [N, K]
     * @param labels [N], whole numbers 0 .. K - 1
     * @param dloss gradient with respect to the loss, one number
     * @param dlogits the result [N, K]
     */
    void gradient(Values probabilities, Values labels, double dloss, Values dlogits);
  }

  /** Of a convolution, as {@link Forward.Conv2d}. */
  public interface Conv2d {
    /**
     * @param dy [N, OH, OW, O]
     * @param w [KH, KW, C, O]
     * @param dx the result [N, H, W, C]
     */
    void input(Values dy, Values w, int stride, int padding, Values dx);

    /**
     * @param x [N, H, W, C]
     * @param dy [N, OH, OW, O]
     * @param dw the result [KH, KW, C, O]
     */
    void weight(Values x, Values dy, int stride, int padding, Values dw);
  }

  /** Of max-pooling, as {@link Forward.MaxPool}. */
  public interface MaxPool {
    /**
     * @param indices [N, OH, OW, C], where in its window each maximum was, row * kernel + column
     * @param dy same shape
     * @param dx the result [N, H, W, C]
     */
    void gradient(Values indices, Values dy, int kernel, int stride, Values dx);
  }
}
