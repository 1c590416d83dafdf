package engram.backend.vector.tile;

import engram.backend.vector.run.Lanes;
import engram.backend.vector.run.Workers;

/**
 * The most floating-point operations per second that Java code reaches here: multiply-adds on
 * registers alone, in enough independent chains to hide their latency. The yardstick of every
 * kernel's speed. Clock speeds wander, so measure it beside what is compared with it.
 */
public final class FmaPeak {
  private static final int STEPS = 20_000;

  private final Workers workers;
  private final float[] results;

  /** Measures with all workers of a team at once. */
  public FmaPeak(Workers workers) {
    this.workers = workers;
    this.results = new float[workers.size() * Lanes.COUNT];
  }

  /**
   * Best rate of {@code runs} short runs.
   *
   * @return GFLOP/s, all workers together; a multiply-add counts as two operations
   */
  public double measure(int runs) {
    int tasks = workers.size();
    Workers.Task chains = (index, worker) -> FmaChains.run(STEPS, results, index * Lanes.COUNT);
    long best = Long.MAX_VALUE;
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      workers.run(tasks, chains);
      best = Math.min(best, System.nanoTime() - start);
    }
    return 2.0 * FmaChains.COUNT * STEPS * Lanes.COUNT * tasks / best;
  }
}
