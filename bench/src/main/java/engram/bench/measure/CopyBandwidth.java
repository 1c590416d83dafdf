package engram.bench.measure;

import engram.backend.vector.run.Workers;

/**
 * The rate at which main memory is copied, the yardstick of work that computes little: bytes read
 * and bytes written, as STREAM counts them (McCalpin 1995).
 */
final class CopyBandwidth {
  /** Two arrays of 64 MiB: more than the caches of most machines hold. */
  private static final int ELEMENTS = 16 << 20;

  private static final int CHUNK = 256 << 10;

  private final Workers workers;
  private final float[] source = new float[ELEMENTS];
  private final float[] target = new float[ELEMENTS];

  CopyBandwidth(Workers workers) {
    this.workers = workers;
  }

  /** Best rate of {@code runs} copies, GB/s, all workers together. */
  double measure(int runs) {
    Workers.Task copy =
        (index, worker) -> System.arraycopy(source, index * CHUNK, target, index * CHUNK, CHUNK);
    long best = Long.MAX_VALUE;
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      workers.run(ELEMENTS / CHUNK, copy);
      best = Math.min(best, System.nanoTime() - start);
    }
    return 2.0 * 4 * ELEMENTS / best;
  }
}
