import engram.learn.api.Backward;
import engram.op.Values;

/** Gradients of a convolution: x [N, H, W, C], w [KH, KW, C, O], y [N, OH, OW, O]. */
public class Conv2dGradient implements Backward.Conv2d {
  @Override
  public void input(Values dy, Values w, int stride, int padding, Values dx) {
    // TODO write every element of dx
  }

  @Override
  public void weight(Values x, Values dy, int stride, int padding, Values dw) {
    // TODO write every element of dw
  }
}
