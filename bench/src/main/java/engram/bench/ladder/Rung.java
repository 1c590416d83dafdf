package engram.bench.ladder;

/** One way to do a task; each rung of a ladder computes the same. */
public interface Rung<T> {
  /** Computes the task's result, on one thread. */
  void run(T task);
}
