package engram.learn.api;

import engram.op.Values;
import java.util.List;

/** 1986: learning by back-propagating errors, on the learner's own code alone. */
public final class Backprop {
  private Backprop() {}

  /** One training step of a network of two layers. */
  public interface Xor {
    /**
     * x w1 + b1, leaky ReLU of slope 0.01, times w2, + b2, mean cross-entropy with the labels; then
     * each parameter p becomes p - rate dp.
     *
     * @param x [N, in]
     * @param labels [N], whole numbers from 0
     * @param parameters w1 [in, hidden], b1 [hidden], w2 [hidden, out], b2 [out]; changed in place
     * @return the loss before the change
     */
    double step(Values x, Values labels, List<Values> parameters, double rate);
  }

  /** A training loop for a network of any depth. */
  public interface Digits {
    /**
     * Batch after batch, in order: rows 0 to batch - 1, then the next ones; behind the last row it
     * begins again at row 0. A leaky ReLU of slope 0.01 stands between two layers and behind none.
     *
     * @param x all pictures [N, in], N a multiple of batch
     * @param labels [N]
     * @param parameters w and b of each layer, changed in place
     * @return the loss of each step, before its change
     */
    double[] train(
        Values x, Values labels, List<Values> parameters, int batch, double rate, int steps);
  }
}
