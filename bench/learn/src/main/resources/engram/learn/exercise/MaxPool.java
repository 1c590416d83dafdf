import engram.learn.api.Forward;
import engram.op.Values;

/**
 * Maximum over windows of x [N, H, W, C]: y [N, OH, OW, C] the largest, indices where it was.
 *
 * <p>x.index(n, row, column, channel) is the place of an element of a tensor with four axes.
 */
public class MaxPool implements Forward.MaxPool {
  @Override
  public void forward(Values x, int kernel, int stride, Values y, Values indices) {
    // TODO write every element of y and of indices
  }
}
