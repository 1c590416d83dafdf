package engram.backend.vector.matmul;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Workers;
import java.util.Optional;

/**
 * Matrix product {@code c[m, n] = op(a) op(b) (+ bias[n] on every row)}: chooses the kernel for the
 * shape.
 */
public final class MatrixProduct {
  /** Below this many rows of c, packing a transposed b costs more than it brings. */
  private static final int FEW_ROWS = 512;

  /** From this many terms on, adding up the lanes of a dot product is cheap beside it. */
  private static final int LONG_SUM = 512;

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

    /** Floating-point operations. */
    public long flops() {
      return 2L * m * n * k;
    }
  }

  /**
   * Binds a product.
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
    a.require("left matrix", (long) shape.m() * shape.k());
    b.require("right matrix", (long) shape.k() * shape.n());
    c.require("matrix product", (long) shape.m() * shape.n());
    bias.ifPresent(span -> span.require("bias", shape.n()));
    boolean dots =
        !shape.transposeA() && shape.transposeB() && shape.m() < FEW_ROWS && shape.k() >= LONG_SUM;
    return dots
        ? new DotProduct(shape, a, b, bias, c, workers)
        : new PanelProduct(shape, a, b, bias, c, workers);
  }
}
