package engram.learn.fast;

import engram.learn.api.FastJava;
import engram.learn.exercise.Numbers;
import engram.learn.exercise.Verdict;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Holds a product to its definition in double precision.
 *
 * @param sizes that it must be right on
 */
record ProductCheck(List<ProductCheck.Size> sizes) {
  /** Far above rounding of k additions, far below a mistake. */
  private static final double TOLERANCE = 1e-5;

  /** Rows of a, columns of b, and terms of each sum. */
  record Size(int m, int n, int k) {
    @Override
    public String toString() {
      return "[%d, %d] x [%d, %d]".formatted(m, k, k, n);
    }

    float[] drawn(String name, int rows, int columns) {
      CounterRandom random = CounterRandom.of(m + n + k, name);
      float[] values = new float[rows * columns];
      IntStream.range(0, values.length).forEach(i -> values[i] = (float) random.normal(i));
      return values;
    }
  }

  /** Odd sizes. */
  static final List<Size> ANY =
      List.of(
          new Size(1, 1, 1),
          new Size(2, 3, 4),
          new Size(17, 19, 23),
          new Size(5, 300, 70),
          new Size(65, 64, 130));

  /** Whole vectors of any machine, and four rows at a time. */
  static final List<Size> WHOLE =
      List.of(
          new Size(4, 128, 1), new Size(4, 128, 3), new Size(8, 256, 17), new Size(12, 128, 150));

  Verdict of(FastJava.Product mine) {
    for (Size size : sizes) {
      Optional<Verdict.Failed> wrong = wrong(mine, size);
      if (wrong.isPresent()) {
        return wrong.get();
      }
    }
    return Verdict.passed(
        "right on %d sizes: %s and others".formatted(sizes.size(), sizes.getLast()));
  }

  private static Optional<Verdict.Failed> wrong(FastJava.Product mine, Size size) {
    float[] a = size.drawn("a", size.m, size.k);
    float[] b = size.drawn("b", size.k, size.n);
    float[] givenA = a.clone();
    float[] givenB = b.clone();
    float[] y = new float[size.m * size.n];
    Arrays.fill(y, Float.NaN);
    mine.multiply(givenA, givenB, y, size.m, size.n, size.k);
    if (!Arrays.equals(a, givenA) || !Arrays.equals(b, givenB)) {
      return Optional.of(
          Verdict.failed(
                  "%s: your method changed %s"
                      .formatted(size, Arrays.equals(a, givenA) ? "b" : "a"))
              .and("copy what you rearrange into an array of your own"));
    }
    double scale = Math.sqrt(size.k);
    for (int i = 0; i < size.m; i++) {
      for (int j = 0; j < size.n; j++) {
        double expected = sum(a, b, size, i, j, 1);
        float received = y[i * size.n + j];
        if (!(Math.abs(expected - received) <= TOLERANCE * (scale + Math.abs(expected)))) {
          return Optional.of(
              Verdict.failed("%s: y[%d, %d]".formatted(size, i, j))
                  .expected(Numbers.text(expected), Numbers.text(received))
                  .likely(cause(a, b, size, i, j, received)));
        }
      }
    }
    return Optional.empty();
  }

  private static double sum(float[] a, float[] b, Size size, int i, int j, int turned) {
    double sum = 0;
    for (int t = 0; t < size.k; t++) {
      double factor = turned == 1 ? b[t * size.n + j] : b[(j * size.k + t) % b.length];
      sum += a[i * size.k + t] * factor;
    }
    return sum;
  }

  private static Optional<String> cause(
      float[] a, float[] b, Size size, int i, int j, float received) {
    if (Float.isNaN(received)) {
      return Optional.of(
          "y holds NaN before your method runs: this element was never written, or a sum began with"
              + " what it held");
    }
    if (received == 0) {
      return Optional.of("it is 0: was the sum stored?");
    }
    if (Math.abs(received - sum(a, b, size, i, j, 2)) < 1e-4) {
      return Optional.of("b is read as if it were transposed: [t, j] is at place t n + j");
    }
    double last = (double) a[i * size.k + size.k - 1] * b[(size.k - 1) * size.n + j];
    if (size.k > 1 && Math.abs(received - last) < 1e-4) {
      return Optional.of("only the last term is there: add to the sum, do not set it");
    }
    return Optional.empty();
  }
}
