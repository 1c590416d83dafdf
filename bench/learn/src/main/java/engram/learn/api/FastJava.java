package engram.learn.api;

/** Chapter 9: one matrix product, four times faster each time. */
public final class FastJava {
  private FastJava() {}

  /** A matrix product in single precision, on one thread. */
  public interface Product {
    /**
     * {@code y = a b}: y[i, j] is the sum over t of a[i, t] b[t, j]. Element [i, j] of a matrix
     * with c columns is at place i c + j of its array.
     *
     * @param a [m, k]
     * @param b [k, n]
     * @param y [m, n], to be written; it holds NaN before
     */
    void multiply(float[] a, float[] b, float[] y, int m, int n, int k);
  }

  /** A product that is compared with the learner's first one. */
  public interface FasterProduct extends Product {
    /** The learner's own naive product. */
    Product naive();
  }

  /** A product that is compared with the learner's vector product, too. */
  public interface TiledProduct extends FasterProduct {
    /** The learner's own vector product. */
    Product vector();
  }
}
