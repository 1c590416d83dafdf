import engram.learn.api.Learning;
import engram.op.Values;
import java.util.function.IntToDoubleFunction;

/**
 * First values of weights w, [in, out] or [KH, KW, C, O].
 *
 * <p>w.shape().rank() is the number of axes, w.dim(axis) the size of one; w.dim(-1) is that of the
 * last, w.dim(-2) of the one before.
 */
public class Initialisation implements Learning.Initialisation {
  @Override
  public void he(Values w, double slope, IntToDoubleFunction normal) {
    // TODO set each element of w
  }

  @Override
  public void glorot(Values w, IntToDoubleFunction uniform) {
    // TODO set each element of w
  }
}
