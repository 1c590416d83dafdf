import engram.learn.api.Forward;
import engram.op.Values;

public class MaxPool implements Forward.MaxPool {
  @Override
  public void forward(Values x, int kernel, int stride, Values y, Values indices) {
    for (int n = 0; n < y.dim(0); n++) {
      for (int p = 0; p < y.dim(1); p++) {
        for (int q = 0; q < y.dim(2); q++) {
          for (int c = 0; c < y.dim(3); c++) {
            double max = x.get(x.index(n, p * stride, q * stride, c));
            int index = 0;
            for (int k = 1; k < kernel * kernel; k++) {
              int row = p * stride + k / kernel;
              int column = q * stride + k % kernel;
              double value = x.get(x.index(n, row, column, c));
              if (value > max || Double.isNaN(value)) {
                max = value;
                index = k;
              }
            }
            y.set(y.index(n, p, q, c), max);
            indices.set(y.index(n, p, q, c), index);
          }
        }
      }
    }
  }
}
