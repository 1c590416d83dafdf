package engram.learn.fast;

import engram.learn.api.FastJava;
import engram.learn.exercise.Verdict;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Two products in turns: how many times as fast one is as the other. Rounds are interleaved and
 * their median counts; what is measured is the time of this thread alone. A machine that does much
 * else can only make a ratio wrong for a while, so that a race which is not won is run again.
 */
final class Race {
  private static final ProductCheck.Size SIZE = new ProductCheck.Size(256, 256, 256);
  private static final int ROUNDS = 9;
  private static final int RACES = 4;

  /** Nanoseconds of each product before the first round: it is compiled by then. */
  private static final long WARM_UP = 300_000_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final float[] a = SIZE.drawn("a", SIZE.m(), SIZE.k());
  private final float[] b = SIZE.drawn("b", SIZE.k(), SIZE.n());
  private final float[] y = new float[SIZE.m() * SIZE.n()];

  private Race() {}

  /** What a product is compared with. */
  private record Rival(
      FastJava.Product product, String word, String method, String className, String exercise) {}

  /**
   * Compares with the learner's naive product.
   *
   * @param needed how many times as fast it has to be
   */
  static Verdict ofNaive(FastJava.FasterProduct mine, double needed) {
    return of(
        mine,
        new Rival(mine.naive(), "naive", "naive()", "NaiveProduct", "naive-product"),
        needed,
        "the innermost loop: does it walk along rows of b and y, and what does it load and store"
            + " for each multiplication?");
  }

  /**
   * Compares with the learner's vector product: without sums in registers it is no faster.
   *
   * @param needed how many times as fast it has to be
   */
  static Verdict ofVector(FastJava.TiledProduct mine, double needed) {
    return of(
        mine,
        new Rival(mine.vector(), "vector", "vector()", "VectorProduct", "vector-product"),
        needed,
        "y is loaded and stored for each multiplication, as in vector-product: keep the sums of a"
            + " tile in local variables over the whole loop over t");
  }

  private static Verdict of(FastJava.Product mine, Rival rival, double needed, String cause) {
    if (rival.product == null) {
      return Verdict.failed(rival.method + " returned null")
          .and("your own is expected: new %s()".formatted(rival.className));
    }
    String received = rival.product.getClass().getSimpleName();
    if (!received.equals(rival.className)) {
      return Verdict.failed(rival.method + " returned another product")
          .expected("new %s()".formatted(rival.className), received);
    }
    if (new ProductCheck(List.of(ProductCheck.WHOLE.get(1))).of(rival.product)
        instanceof Verdict.Failed) {
      return Verdict.failed("%s returned a product that is not right".formatted(rival.method))
          .and("engram learn %s  comes first".formatted(rival.exercise));
    }
    double best = 0;
    for (int race = 0; race < RACES; race++) {
      double ratio = new Race().ratio(rival.product, mine);
      if (ratio >= needed) {
        return Verdict.passed(
            text(
                "%.1f times as fast as your %s product, expected %.1f at least",
                ratio, rival.word, needed));
      }
      best = Math.max(best, ratio);
    }
    return Verdict.failed(
            text("right, but %.1f times as fast as your %s product, on %s", best, rival.word, SIZE))
        .and(text("expected %.1f times at least, in any of %d races", needed, RACES))
        .likely(
            best < 0.7
                ? "vectors became objects: the species must be static final, sums local variables"
                    + " with names, and no vector may be stored in a field or an array"
                : cause);
  }

  private double ratio(FastJava.Product naive, FastJava.Product mine) {
    int turnsOfNaive = turns(naive);
    int turnsOfMine = turns(mine);
    double[] ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      double slow = (double) time(naive, turnsOfNaive) / turnsOfNaive;
      double fast = (double) time(mine, turnsOfMine) / turnsOfMine;
      ratios[round] = slow / Math.max(1, fast);
    }
    Arrays.sort(ratios);
    return ratios[ROUNDS / 2];
  }

  /** Warms up; then how many runs take some hundredths of a second. */
  private int turns(FastJava.Product product) {
    int runs = 0;
    for (long spent = 0; spent < WARM_UP; runs++) {
      spent += Math.max(1, time(product, 1));
    }
    return Math.max(1, runs / 10);
  }

  private long time(FastJava.Product product, int turns) {
    long start = now();
    for (int turn = 0; turn < turns; turn++) {
      product.multiply(a, b, y, SIZE.m(), SIZE.n(), SIZE.k());
    }
    return now() - start;
  }

  private static long now() {
    return THREADS.isCurrentThreadCpuTimeSupported()
        ? THREADS.getCurrentThreadCpuTime()
        : System.nanoTime();
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
