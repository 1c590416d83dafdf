package engram.backend.vector.matmul;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Workers;
import java.util.Optional;

/** Matrix product {@code c[m, n] = op(a) op(b) (+ bias[n] on every row)}. */
public final class MatrixProduct {
  private MatrixProduct() {}

  /**
   * Shape of a product.
   *
   * @param m rows of c
   * @param n columns of c
   * @param k terms of each sum
   * @param transposeA a is stored as {@code [k, m]}, else {@code [m, k]}
   * @param transposeB b is stored as {@code [n, k]}, else {@code [k, n]}
   */
  public record Shape(int m, int n, int k, boolean transposeA, boolean transposeB) {
    public Shape {
      if (m < 1 || n < 1 || k < 1) {
        throw new IllegalArgumentException(
            "matrix product: m, n, k are %d, %d, %d, must be >= 1".formatted(m, n, k));
      }
    }

    long multiplyAdds() {
      return (long) m * n * k;
    }

    /** The product {@code b^T a^T}, which is {@code c^T}. */
    Shape turned() {
      return new Shape(n, m, k, !transposeB, !transposeA);
    }
  }

  /**
   * Binds a product, in the way that {@link ProductCosts} chooses.
   *
   * @param a {@code [m, k]}, or {@code [k, m]} if transposed
   * @param b {@code [k, n]}, or {@code [n, k]} if transposed
   * @param bias {@code [n]}, if any
   * @param c {@code [m, n]}, overwritten
   */
  public static Kernel of(
      Shape shape,
      HostBuffer a,
      HostBuffer b,
      Optional<HostBuffer> bias,
      HostBuffer c,
      Workers workers) {
    return of(ProductCosts.choose(shape), shape, a, b, bias, c, workers);
  }

  /** The same in a given way, one of those that {@link ProductCosts} lists for the shape. */
  public static Kernel of(
      ProductWay way,
      Shape shape,
      HostBuffer a,
      HostBuffer b,
      Optional<HostBuffer> bias,
      HostBuffer c,
      Workers workers) {
    a.require("left matrix", (long) shape.m() * shape.k());
    b.require("right matrix", (long) shape.k() * shape.n());
    c.require("matrix product", (long) shape.m() * shape.n());
    bias.ifPresent(span -> span.require("bias", shape.n()));
    return switch (way) {
      case DOT_PRODUCTS -> new DotProduct(shape, a, b, bias, c, workers);
      case PANELS -> new PanelProduct(shape, a, b, bias, c, false, workers);
      case TURNED_PANELS -> new PanelProduct(shape.turned(), b, a, bias, c, true, workers);
    };
  }
}
