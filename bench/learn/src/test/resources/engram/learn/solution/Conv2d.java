import engram.learn.api.Forward;
import engram.op.Values;

public class Conv2d implements Forward.Conv2d {
  @Override
  public void forward(Values x, Values w, int stride, int padding, Values y) {
    for (int n = 0; n < y.dim(0); n++) {
      for (int p = 0; p < y.dim(1); p++) {
        for (int q = 0; q < y.dim(2); q++) {
          for (int o = 0; o < y.dim(3); o++) {
            y.set(
                y.index(n, p, q, o),
                element(x, w, n, p * stride - padding, q * stride - padding, o));
          }
        }
      }
    }
  }

  private static double element(Values x, Values w, int n, int top, int left, int o) {
    double sum = 0;
    for (int i = 0; i < w.dim(0); i++) {
      for (int j = 0; j < w.dim(1); j++) {
        boolean inside = top + i >= 0 && top + i < x.dim(1) && left + j >= 0 && left + j < x.dim(2);
        for (int c = 0; inside && c < w.dim(2); c++) {
          sum += x.get(x.index(n, top + i, left + j, c)) * w.get(w.index(i, j, c, o));
        }
      }
    }
    return sum;
  }
}
