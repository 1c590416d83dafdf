import engram.learn.api.Forward;
import engram.op.Values;

/**
 * Convolution of x [N, H, W, C] with w [KH, KW, C, O], to y [N, OH, OW, O].
 *
 * <p>x.index(n, row, column, channel) is the place of an element of a tensor with four axes.
 */
public class Conv2d implements Forward.Conv2d {
  @Override
  public void forward(Values x, Values w, int stride, int padding, Values y) {
    // TODO write every element of y
  }
}
