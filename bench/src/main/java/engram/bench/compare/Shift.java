package engram.bench.compare;

import java.util.Arrays;
import java.util.List;

/**
 * How much longer B takes than A, from the times of single processes (Hodges and Lehmann 1963): the
 * median of {@code log b - log a} over all pairs, and the interval that the distribution of Mann
 * and Whitney (1947) gives. It holds whatever the noise looks like, if only all processes of one
 * side are alike; a few that were disturbed move it little.
 *
 * @param ratio time of B over time of A
 * @param low lower end of the 95 % interval of the ratio; 0 where there are too few processes
 * @param high upper end; infinite where there are too few
 * @param verdict by the {@value #SURE} interval
 */
public record Shift(double ratio, double low, double high, Verdict verdict) {
  /** Of the interval that is printed. */
  static final double CONFIDENCE = 0.95;

  /**
   * Of the interval that must leave out 1 before a row is called: stricter, so that of twenty rows
   * that did not change two are hardly ever called.
   */
  static final double SURE = 0.98;

  /** What became of a row. */
  public enum Verdict {
    FASTER,
    SLOWER,
    UNDECIDED
  }

  /**
   * Compares.
   *
   * @param a times of the processes of A, in any unit; one or more
   * @param b those of B in the same unit
   */
  public static Shift of(List<Double> a, List<Double> b) {
    double[] differences =
        a.stream()
            .flatMapToDouble(x -> b.stream().mapToDouble(y -> Math.log(y) - Math.log(x)))
            .sorted()
            .toArray();
    int pairs = differences.length;
    double median = (differences[(pairs - 1) / 2] + differences[pairs / 2]) / 2;
    double[] tail = tail(a.size(), b.size());
    int outside = outside(tail, CONFIDENCE);
    int surely = outside(tail, SURE);
    Verdict verdict =
        surely == 0
            ? Verdict.UNDECIDED
            : differences[surely - 1] > 0
                ? Verdict.SLOWER
                : differences[pairs - surely] < 0 ? Verdict.FASTER : Verdict.UNDECIDED;
    return new Shift(
        Math.exp(median),
        outside == 0 ? 0 : Math.exp(differences[outside - 1]),
        outside == 0 ? Double.POSITIVE_INFINITY : Math.exp(differences[pairs - outside]),
        verdict);
  }

  /** Whether so many processes can call a row at all. */
  static boolean suffices(int a, int b) {
    return outside(tail(a, b), SURE) > 0;
  }

  /** How many differences at each end lie outside of an interval of this confidence. */
  private static int outside(double[] tail, double confidence) {
    int count = 0;
    while (count < tail.length / 2 && 2 * tail[count] <= 1 - confidence) {
      count++;
    }
    return count;
  }

  /**
   * Chance that at most u of the n m pairs are in the wrong order where nothing differs, for each
   * u: the number of orders of n + m times with u such pairs is that with the largest time from B,
   * in no such pair, and that with it from A, in m of them.
   */
  private static double[] tail(int n, int m) {
    double[][] ways = new double[m + 1][n * m + 1];
    for (int j = 0; j <= m; j++) {
      ways[j][0] = 1;
    }
    for (int i = 1; i <= n; i++) {
      for (int j = 1; j <= m; j++) {
        // ways[j] is still of i - 1; ways[j - 1] is of i already.
        double[] now = ways[j - 1].clone();
        for (int u = j; u <= i * j; u++) {
          now[u] += ways[j][u - j];
        }
        ways[j] = now;
      }
    }
    double[] tail = ways[m];
    Arrays.parallelPrefix(tail, Double::sum);
    double all = tail[n * m];
    return Arrays.stream(tail).map(count -> count / all).toArray();
  }
}
