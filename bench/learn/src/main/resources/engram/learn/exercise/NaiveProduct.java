import engram.learn.api.FastJava;

/** y = a b, with a [m, k], b [k, n] and y [m, n], row after row. */
public class NaiveProduct implements FastJava.Product {
  @Override
  public void multiply(float[] a, float[] b, float[] y, int m, int n, int k) {
    // TODO
  }
}
