package engram.inspect;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.backend.Kernel;
import engram.backend.Operand;
import engram.op.Affine;
import engram.op.MatMul;
import engram.op.Op;
import engram.tensor.Shape;
import java.util.List;

/**
 * What a backend reaches with its own kernels.
 *
 * @param gigaflops billions of arithmetic operations a second in a product of two square matrices
 * @param gigabytes billions of bytes a second, read and written, while scaling numbers
 */
public record Speed(double gigaflops, double gigabytes) {
  /** Rows and columns of the matrices, from and to. */
  private static final int SMALLEST = 1024;

  private static final int LARGEST = 8192;

  /**
   * Numbers that are streamed, from and to: 64 MiB, more than caches of processors hold, to 1 GiB.
   */
  private static final int SHORTEST = 16 << 20;

  private static final int LONGEST = 256 << 20;

  /**
   * Rows, columns and numbers that warm a kernel up. Of the full size, one run that the JVM has not
   * compiled yet may take all the time there is.
   */
  private static final int SMALL = 128;

  /** A run shorter than this does not show what the device can: a larger one follows. */
  private static final double LONG_ENOUGH = 2e-3;

  /**
   * Measures for about {@code seconds} and half as long again to warm up, several times as long on
   * a device so fast that the problems have to grow; each figure is that of the best run.
   */
  public static Speed measure(Backend backend, double seconds) {
    return new Speed(product(backend, seconds / 2), stream(backend, seconds / 2));
  }

  private static double product(Backend backend, double seconds) {
    MatMul product = new MatMul(false, false);
    best(backend, product, List.of(shape(SMALL, SMALL), shape(SMALL, SMALL)), seconds / 2);
    double best = 0;
    for (int size = SMALLEST; size <= LARGEST; size *= 2) {
      List<Shape> squares = List.of(shape(size, size), shape(size, size));
      double took = best(backend, product, squares, seconds);
      best = Math.max(best, product.cost(squares).flops() / took / 1e9);
      if (took >= LONG_ENOUGH) {
        break;
      }
    }
    return best;
  }

  /**
   * GB/s, read and written, while scaling numbers that no cache holds; in about {@code seconds} and
   * half as long again to warm up.
   */
  public static double stream(Backend backend, double seconds) {
    best(backend, new Affine(2, 0), List.of(shape(SMALL * SMALL)), seconds / 2);
    double best = 0;
    for (int elements = SHORTEST; elements <= LONGEST; elements *= 2) {
      double took = best(backend, new Affine(2, 0), List.of(shape(elements)), seconds);
      best = 8.0 * elements / took / 1e9; // of the last: a shorter one may have fitted a cache
      if (took >= LONG_ENOUGH) {
        break;
      }
    }
    return best;
  }

  private static double best(Backend backend, Op op, List<Shape> inputs, double seconds) {
    List<Operand> in = inputs.stream().map(shape -> zeros(backend, shape)).toList();
    List<Operand> out = op.outputs(inputs).stream().map(shape -> zeros(backend, shape)).toList();
    Kernel kernel = backend.bind(op, in, out);
    long best = Long.MAX_VALUE;
    long end = System.nanoTime() + (long) (seconds * 1e9);
    do {
      best = Math.min(best, Math.max(1, backend.time(kernel)));
    } while (System.nanoTime() < end);
    return best / 1e9;
  }

  private static Operand zeros(Backend backend, Shape shape) {
    return new Operand(shape, backend.allocate(shape.elements()));
  }
}
