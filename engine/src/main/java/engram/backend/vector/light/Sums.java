package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.vector.run.Parallel;

/**
 * A sum over many elements in double. The cut into parts depends on the count alone and the parts
 * are added in order, so the bits are the same at any thread count.
 */
final class Sums {
  private static final int PART = 16 * 1024;

  /** What element {@code index} adds. */
  @FunctionalInterface
  interface Term {
    double at(int index);
  }

  private final double[] parts;
  private final Kernel kernel;

  Sums(Parallel parallel, int count, Term term) {
    parts = new double[(count + PART - 1) / PART];
    kernel = parallel.blocks(count, PART, (from, to) -> parts[from / PART] = sum(term, from, to));
  }

  /** Four running sums, so that additions need not wait for each other. */
  private static double sum(Term term, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      a += term.at(i);
      b += term.at(i + 1);
      c += term.at(i + 2);
      d += term.at(i + 3);
    }
    for (; i < to; i++) {
      a += term.at(i);
    }
    return (a + b) + (c + d);
  }

  /** Takes the sum now. */
  double total() {
    kernel.run();
    double total = 0;
    for (double part : parts) {
      total += part;
    }
    return total;
  }
}
