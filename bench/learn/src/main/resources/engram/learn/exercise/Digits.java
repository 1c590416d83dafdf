import engram.learn.api.Backprop;
import engram.op.Values;
import java.util.List;

/** A training loop for a network of any depth, on your own code alone. */
public class Digits implements Backprop.Digits {
  @Override
  public double[] train(
      Values x, Values labels, List<Values> parameters, int batch, double rate, int steps) {
    return new double[0]; // TODO
  }
}
