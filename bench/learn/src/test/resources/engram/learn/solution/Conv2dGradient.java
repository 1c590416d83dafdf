import engram.learn.api.Backward;
import engram.op.Values;

public class Conv2dGradient implements Backward.Conv2d {
  private interface Body {
    void at(int x, int w, int y);
  }

  @Override
  public void input(Values dy, Values w, int stride, int padding, Values dx) {
    dx.fill(0);
    each(dx, w, dy, stride, padding, (x, k, y) -> dx.add(x, w.get(k) * dy.get(y)));
  }

  @Override
  public void weight(Values x, Values dy, int stride, int padding, Values dw) {
    dw.fill(0);
    each(x, dw, dy, stride, padding, (at, k, y) -> dw.add(k, x.get(at) * dy.get(y)));
  }

  private static void each(Values x, Values w, Values y, int stride, int padding, Body body) {
    for (int at = 0; at < y.size(); at++) {
      int o = at % y.dim(3);
      int q = at / y.dim(3) % y.dim(2);
      int p = at / y.dim(3) / y.dim(2) % y.dim(1);
      int n = at / y.dim(3) / y.dim(2) / y.dim(1);
      for (int k = 0; k < w.size() / w.dim(3); k++) {
        int c = k % w.dim(2);
        int column = q * stride - padding + k / w.dim(2) % w.dim(1);
        int row = p * stride - padding + k / w.dim(2) / w.dim(1);
        if (row >= 0 && row < x.dim(1) && column >= 0 && column < x.dim(2)) {
          body.at(x.index(n, row, column, c), k * w.dim(3) + o, at);
        }
      }
    }
  }
}
