package engram.bench.ladder;

import java.util.Arrays;

/**
 * Rung 2: loops turned and cut. The innermost loop walks along rows of b and y, neighbouring sums
 * do not wait for each other, and a tile of b of 64 x 256 floats (64 KiB) serves all rows of a
 * before the next. Still scalar: C2 of JDK 25 cannot know that y and b are different arrays (with
 * -XX:-UseSuperWord it is hardly slower). Each multiply-add loads b and y, and stores y.
 */
public final class MatMul2Tiled implements Rung<Product> {
  private static final int TERMS = 64;
  private static final int COLUMNS = 256;

  @Override
  public void run(Product p) {
    Arrays.fill(p.y(), 0);
    for (int t0 = 0; t0 < p.k(); t0 += TERMS) {
      for (int j0 = 0; j0 < p.n(); j0 += COLUMNS) {
        tile(p, t0, Math.min(p.k(), t0 + TERMS), j0, Math.min(p.n(), j0 + COLUMNS));
      }
    }
    p.activate();
  }

  private static void tile(Product p, int t0, int t1, int j0, int j1) {
    float[] b = p.b();
    float[] y = p.y();
    int n = p.n();
    for (int i = 0; i < p.m(); i++) {
      for (int t = t0; t < t1; t++) {
        float a = p.a()[i * p.k() + t];
        for (int j = j0; j < j1; j++) {
          y[i * n + j] += a * b[t * n + j];
        }
      }
    }
  }
}
