import engram.learn.api.Backward;
import engram.op.Values;

/** Gradients of y = a b, with a [M, K], b [K, N] and y [M, N]. */
public class MatmulGradient implements Backward.Matmul {
  @Override
  public void left(Values dy, Values b, Values da) {
    // TODO write every element of da [M, K]
  }

  @Override
  public void right(Values a, Values dy, Values db) {
    // TODO write every element of db [K, N]
  }
}
