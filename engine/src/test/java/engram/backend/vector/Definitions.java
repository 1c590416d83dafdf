package engram.backend.vector;

import engram.backend.vector.conv.ConvShape;
import engram.backend.vector.matmul.MatrixProduct;

/**
 * The kernels' definitions as plain loops in double precision, with a bound of the rounding error.
 */
public final class Definitions {
  private Definitions() {}

  /** Exact sums and the sums of the absolute values of their terms. */
  public record Sums(double[] value, double[] magnitude) {
    public Sums(int length) {
      this(new double[length], new double[length]);
    }

    public void add(int i, double x, double y) {
      value[i] += x * y;
      magnitude[i] += Math.abs(x * y);
    }

    public void check(String what, float[] received) {
      for (int i = 0; i < value.length; i++) {
        double bound = 3e-6 * magnitude[i] + 1e-12;
        boolean same =
            Double.isNaN(value[i])
                ? Float.isNaN(received[i])
                : (float) value[i] == received[i] || Math.abs(value[i] - received[i]) <= bound;
        if (!same) {
          throw new AssertionError(
              "%s: index %d: expected %s, received %s".formatted(what, i, value[i], received[i]));
        }
      }
    }
  }

  private interface Term {
    void visit(int x, int w, int y);
  }

  private static void visit(ConvShape s, Term term) {
    for (int n = 0; n < s.n(); n++) {
      for (int i = 0; i < s.outH(); i++) {
        for (int j = 0; j < s.outW(); j++) {
          for (int ky = 0; ky < s.kh(); ky++) {
            for (int kx = 0; kx < s.kw(); kx++) {
              int row = i * s.stride() + ky - s.padding();
              int column = j * s.stride() + kx - s.padding();
              if (row < 0 || row >= s.h() || column < 0 || column >= s.w()) {
                continue;
              }
              for (int c = 0; c < s.c(); c++) {
                for (int o = 0; o < s.o(); o++) {
                  term.visit(
                      ((n * s.h() + row) * s.w() + column) * s.c() + c,
                      ((ky * s.kw() + kx) * s.c() + c) * s.o() + o,
                      ((n * s.outH() + i) * s.outW() + j) * s.o() + o);
                }
              }
            }
          }
        }
      }
    }
  }

  public static Sums forward(ConvShape shape, float[] x, float[] w) {
    Sums y = new Sums(shape.yLength());
    visit(shape, (xi, wi, yi) -> y.add(yi, x[xi], w[wi]));
    return y;
  }

  public static Sums inputGradient(ConvShape shape, float[] dy, float[] w) {
    Sums dx = new Sums(shape.xLength());
    visit(shape, (xi, wi, yi) -> dx.add(xi, dy[yi], w[wi]));
    return dx;
  }

  public static Sums weightGradient(ConvShape shape, float[] x, float[] dy) {
    Sums dw = new Sums(shape.weightLength());
    visit(shape, (xi, wi, yi) -> dw.add(wi, x[xi], dy[yi]));
    return dw;
  }

  public static Sums product(MatrixProduct.Shape s, float[] a, float[] b, float[] bias) {
    Sums c = new Sums(s.m() * s.n());
    for (int i = 0; i < s.m(); i++) {
      for (int j = 0; j < s.n(); j++) {
        if (bias.length > 0) {
          c.add(i * s.n() + j, bias[j], 1);
        }
        for (int k = 0; k < s.k(); k++) {
          float x = s.transposeA() ? a[k * s.m() + i] : a[i * s.k() + k];
          float y = s.transposeB() ? b[j * s.k() + k] : b[k * s.n() + j];
          c.add(i * s.n() + j, x, y);
        }
      }
    }
    return c;
  }
}
