package engram.bench.measure;

import java.util.Arrays;

/**
 * Times one step run over and over. The first half of the time warms up: compilers work, clocks
 * settle. Only the second half counts. Allocates nothing while it measures.
 */
public final class StepClock {
  private static final int MOST_STEPS = 1 << 20;

  private final long[] nanos = new long[MOST_STEPS];
  private int steps;

  /**
   * Times of single steps, in the second half of the run.
   *
   * @param steps number of steps counted
   * @param median seconds that half of them take at most
   * @param fastest seconds of the fastest
   * @param slow seconds that nine in ten take at most
   * @param rare seconds that 99 in 100 take at most
   */
  public record Times(int steps, double median, double fastest, double slow, double rare) {}

  /** Runs {@code step} for about {@code seconds}, at least twice, more after earlier calls. */
  public void run(Runnable step, double seconds) {
    long end = System.nanoTime() + (long) (1e9 * seconds);
    int first = steps;
    while (steps < MOST_STEPS && (System.nanoTime() < end || steps - first < 2)) {
      long start = System.nanoTime();
      step.run();
      nanos[steps++] = System.nanoTime() - start;
    }
  }

  /** Times of the second half of all that was run, measured in time and not in steps. */
  public Times secondHalf() {
    long total = 0;
    for (int i = 0; i < steps; i++) {
      total += nanos[i];
    }
    int from = 0;
    for (long passed = 0; from < steps - 1 && passed + nanos[from] <= total / 2; from++) {
      passed += nanos[from];
    }
    long[] sorted = Arrays.copyOfRange(nanos, from, steps);
    Arrays.sort(sorted);
    return new Times(
        sorted.length,
        sorted[sorted.length / 2] / 1e9,
        sorted[0] / 1e9,
        sorted[sorted.length * 9 / 10] / 1e9,
        sorted[sorted.length * 99 / 100] / 1e9);
  }
}
