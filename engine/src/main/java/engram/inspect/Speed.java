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
 * @param gigaflops billions of arithmetic operations a second in a matrix product of {@link #SIZE}
 * @param gigabytes billions of bytes a second, read and written, while scaling {@link #ELEMENTS}
 *     numbers
 */
public record Speed(double gigaflops, double gigabytes) {
  /** Rows and columns of the matrices. */
  public static final int SIZE = 1024;

  /** Numbers that are streamed: 64 MiB, more than caches hold. */
  public static final int ELEMENTS = 16 << 20;

  /** Measures for about {@code seconds}; each figure is that of the best run. */
  public static Speed measure(Backend backend, double seconds) {
    Shape square = shape(SIZE, SIZE);
    Shape stream = shape(ELEMENTS);
    MatMul product = new MatMul(false, false);
    long flops = product.cost(List.of(square, square)).flops();
    double productSeconds = best(backend, product, List.of(square, square), seconds / 2);
    double streamSeconds = best(backend, Affine.scale(2), List.of(stream), seconds / 2);
    return new Speed(flops / productSeconds / 1e9, 8.0 * ELEMENTS / streamSeconds / 1e9);
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
