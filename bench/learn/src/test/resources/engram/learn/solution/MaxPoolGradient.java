import engram.learn.api.Backward;
import engram.op.Values;

public class MaxPoolGradient implements Backward.MaxPool {
  @Override
  public void gradient(Values indices, Values dy, int kernel, int stride, Values dx) {
    dx.fill(0);
    for (int n = 0; n < dy.dim(0); n++) {
      for (int p = 0; p < dy.dim(1); p++) {
        for (int q = 0; q < dy.dim(2); q++) {
          for (int c = 0; c < dy.dim(3); c++) {
            int from = dy.index(n, p, q, c);
            int index = (int) indices.get(from);
            int row = p * stride + index / kernel;
            int column = q * stride + index % kernel;
            dx.add(dx.index(n, row, column, c), dy.get(from));
          }
        }
      }
    }
  }
}
