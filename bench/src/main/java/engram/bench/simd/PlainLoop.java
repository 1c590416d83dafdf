package engram.bench.simd;

/**
 * A plain loop that C2 makes vectors of: {@value #STEPS} multiply-adds on each of a thousand
 * numbers, which stay in the first cache. A multiply and an add are two instructions, so half of
 * the FMA peak is all that it can reach. ({@code Math.fma} would be one, but takes microseconds
 * where a runtime does not know the instruction.)
 */
final class PlainLoop {
  static final int STEPS = 16;
  static final int NUMBERS = 1024;

  private PlainLoop() {}

  /** Sets y to a polynomial of x. */
  static void run(float[] x, float[] y) {
    for (int i = 0; i < NUMBERS; i++) {
      float v = x[i];
      float s = v;
      s = s * v + 0.1f;
      s = s * v + 0.2f;
      s = s * v + 0.3f;
      s = s * v + 0.4f;
      s = s * v + 0.5f;
      s = s * v + 0.6f;
      s = s * v + 0.7f;
      s = s * v + 0.8f;
      s = s * v + 0.1f;
      s = s * v + 0.2f;
      s = s * v + 0.3f;
      s = s * v + 0.4f;
      s = s * v + 0.5f;
      s = s * v + 0.6f;
      s = s * v + 0.7f;
      s = s * v + 0.8f;
      y[i] = s;
    }
  }
}
