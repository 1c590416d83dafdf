package engram.backend.vector.run;

import engram.backend.Kernel;

/**
 * Turns a loop into a kernel that runs on all workers. How a loop is cut depends on its length
 * alone, never on the number of threads, so results are the same bits at any thread count.
 */
public final class Parallel {
  /** Elements that one piece of an elementwise loop takes: about 10 microseconds of work. */
  private static final int GRAIN = 16 * 1024;

  private final Workers workers;

  public Parallel(Workers workers) {
    this.workers = workers;
  }

  public Workers workers() {
    return workers;
  }

  /** A piece of a loop: indices {@code from} to {@code to - 1}. */
  @FunctionalInterface
  public interface Body {
    void run(int from, int to);
  }

  /** The same for a worker, by its number: it picks its scratch memory. */
  @FunctionalInterface
  public interface WorkerBody {
    void run(int from, int to, int worker);
  }

  /** A loop over {@code count} elements of light work. */
  public Kernel elements(int count, Body body) {
    return blocks(count, GRAIN, body);
  }

  /** A loop over {@code rows} rows of {@code columns} elements, cut between rows. */
  public Kernel rows(int rows, int columns, Body body) {
    return blocks(rows, Math.max(1, GRAIN / columns), body);
  }

  /** A loop over {@code count} items, cut into blocks of {@code grain}. */
  public Kernel blocks(int count, int grain, Body body) {
    return workerBlocks(count, grain, (from, to, worker) -> body.run(from, to));
  }

  /** The same for bodies with scratch memory. */
  public Kernel workerBlocks(int count, int grain, WorkerBody body) {
    int tasks = (count + grain - 1) / grain;
    if (tasks == 1) {
      return () -> body.run(0, count, 0);
    }
    Workers.Task task =
        (index, worker) -> body.run(index * grain, Math.min(count, (index + 1) * grain), worker);
    return () -> workers.run(tasks, task);
  }
}
