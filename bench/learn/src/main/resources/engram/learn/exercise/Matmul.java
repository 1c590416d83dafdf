import engram.learn.api.Forward;
import engram.op.Values;

/**
 * Matrix product: y[i, j] is the sum over k of a[i, k] b[k, j].
 *
 * <p>a.dim(0) is the number of rows as a lies in memory, a.index(i, j) the place of element [i, j].
 */
public class Matmul implements Forward.Matmul {
  @Override
  public void forward(Values a, Values b, boolean transposeA, boolean transposeB, Values y) {
    // TODO write every element of y
  }
}
