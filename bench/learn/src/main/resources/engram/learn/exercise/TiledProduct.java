import engram.learn.api.FastJava;

/** y = a b, with a [m, k], b [k, n] and y [m, n], row after row. */
public class TiledProduct implements FastJava.TiledProduct {
  @Override
  public FastJava.Product naive() {
    return null; // TODO your first product, of the class NaiveProduct
  }

  @Override
  public FastJava.Product vector() {
    return null; // TODO your third product, of the class VectorProduct
  }

  @Override
  public void multiply(float[] a, float[] b, float[] y, int m, int n, int k) {
    // TODO
  }
}
