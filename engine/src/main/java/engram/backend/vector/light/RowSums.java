package engram.backend.vector.light;

/**
 * Sums over neighbouring elements, in double and in a fixed order: four partial sums, so that the
 * processor need not wait for one addition to end before it starts the next.
 */
final class RowSums {
  private RowSums() {}

  /** Sum of {@code count} elements. */
  static double sum(float[] x, int at, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = at;
    int end = at + count;
    for (; i <= end - 4; i += 4) {
      a += x[i];
      b += x[i + 1];
      c += x[i + 2];
      d += x[i + 3];
    }
    for (; i < end; i++) {
      a += x[i];
    }
    return (a + b) + (c + d);
  }

  /** Sum of the products of {@code count} pairs. */
  static double dot(float[] x, int xAt, float[] y, int yAt, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i <= count - 4; i += 4) {
      a += (double) x[xAt + i] * y[yAt + i];
      b += (double) x[xAt + i + 1] * y[yAt + i + 1];
      c += (double) x[xAt + i + 2] * y[yAt + i + 2];
      d += (double) x[xAt + i + 3] * y[yAt + i + 3];
    }
    for (; i < count; i++) {
      a += (double) x[xAt + i] * y[yAt + i];
    }
    return (a + b) + (c + d);
  }
}
