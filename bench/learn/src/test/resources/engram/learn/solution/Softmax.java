import engram.learn.api.Forward;
import engram.op.Values;

public class Softmax implements Forward.Softmax {
  @Override
  public void forward(Values x, Values y) {
    for (int r = 0; r < x.size() / x.dim(-1); r++) {
      Values row = x.row(r);
      double max = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < row.size(); k++) {
        max = Math.max(max, row.get(k));
      }
      double sum = 0;
      for (int k = 0; k < row.size(); k++) {
        sum += Math.exp(row.get(k) - max);
      }
      for (int k = 0; k < row.size(); k++) {
        y.row(r).set(k, Math.exp(row.get(k) - max) / sum);
      }
    }
  }
}
