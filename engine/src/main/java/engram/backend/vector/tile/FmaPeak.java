package engram.backend.vector.tile;

import engram.backend.vector.run.Lanes;
import engram.backend.vector.run.Workers;
import jdk.incubator.vector.FloatVector;

/**
 * The most floating-point operations per second that Java code reaches here: multiply-adds on
 * registers alone, in enough independent chains to hide their latency. The yardstick of every
 * kernel's speed. Clock speeds wander, so measure it beside what is compared with it.
 */
public final class FmaPeak {
  private static final int CHAINS = 12;
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
    Workers.Task chains = (index, worker) -> chains(results, index * Lanes.COUNT);
    long best = Long.MAX_VALUE;
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      workers.run(tasks, chains);
      best = Math.min(best, System.nanoTime() - start);
    }
    return 2.0 * CHAINS * STEPS * Lanes.COUNT * tasks / best;
  }

  private static void chains(float[] out, int at) {
    FloatVector m = FloatVector.broadcast(Lanes.SPECIES, 0.999f);
    FloatVector c = FloatVector.broadcast(Lanes.SPECIES, 0.001f);
    FloatVector a0 = c;
    FloatVector a1 = c.add(1);
    FloatVector a2 = c.add(2);
    FloatVector a3 = c.add(3);
    FloatVector a4 = c.add(4);
    FloatVector a5 = c.add(5);
    FloatVector a6 = c.add(6);
    FloatVector a7 = c.add(7);
    FloatVector a8 = c.add(8);
    FloatVector a9 = c.add(9);
    FloatVector a10 = c.add(10);
    FloatVector a11 = c.add(11);
    for (int i = 0; i < STEPS; i++) {
      a0 = a0.fma(m, c);
      a1 = a1.fma(m, c);
      a2 = a2.fma(m, c);
      a3 = a3.fma(m, c);
      a4 = a4.fma(m, c);
      a5 = a5.fma(m, c);
      a6 = a6.fma(m, c);
      a7 = a7.fma(m, c);
      a8 = a8.fma(m, c);
      a9 = a9.fma(m, c);
      a10 = a10.fma(m, c);
      a11 = a11.fma(m, c);
    }
    a0.add(a1)
        .add(a2)
        .add(a3)
        .add(a4)
        .add(a5)
        .add(a6)
        .add(a7)
        .add(a8)
        .add(a9)
        .add(a10)
        .add(a11)
        .intoArray(out, at);
  }
}
