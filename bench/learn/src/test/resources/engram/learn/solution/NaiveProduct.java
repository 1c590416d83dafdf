import engram.learn.api.FastJava;

public class NaiveProduct implements FastJava.Product {
  @Override
  public void multiply(float[] a, float[] b, float[] y, int m, int n, int k) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = 0;
        for (int t = 0; t < k; t++) {
          sum += a[i * k + t] * b[t * n + j];
        }
        y[i * n + j] = sum;
      }
    }
  }
}
