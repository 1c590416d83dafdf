import engram.learn.api.FastJava;
import java.util.Arrays;

public class BlockedProduct implements FastJava.FasterProduct {
  private static final int TERMS = 64;
  private static final int COLUMNS = 256;

  @Override
  public FastJava.Product naive() {
    return new NaiveProduct();
  }

  @Override
  public void multiply(float[] a, float[] b, float[] y, int m, int n, int k) {
    Arrays.fill(y, 0);
    for (int t0 = 0; t0 < k; t0 += TERMS) {
      for (int j0 = 0; j0 < n; j0 += COLUMNS) {
        int tEnd = Math.min(k, t0 + TERMS);
        int jEnd = Math.min(n, j0 + COLUMNS);
        for (int i = 0; i < m; i++) {
          for (int t = t0; t < tEnd; t++) {
            float factor = a[i * k + t];
            for (int j = j0; j < jEnd; j++) {
              y[i * n + j] += factor * b[t * n + j];
            }
          }
        }
      }
    }
  }
}
