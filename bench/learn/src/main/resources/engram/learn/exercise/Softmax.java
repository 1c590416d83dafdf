import engram.learn.api.Forward;
import engram.op.Values;

/**
 * Softmax: each row of the innermost axis becomes positive numbers that sum to 1.
 *
 * <p>x.dim(-1) is the length of a row; x.row(r) is row r as Values of its own.
 */
public class Softmax implements Forward.Softmax {
  @Override
  public void forward(Values x, Values y) {
    // TODO write every element of y
  }
}
