package engram.base;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** A loop on several threads. */
public final class Parallel {
  private Parallel() {}

  /**
   * Calls {@code body} with each of 0..count-1, in no order; a call should take some 10
   * microseconds or more, for it is handed to a thread by itself. If calls fail, the failure of the
   * lowest index is thrown: the same one for any number of threads.
   *
   * @param threads how many threads are started for it, at least one
   */
  public static void forEach(int count, int threads, IntConsumer body) {
    List<Callable<Object>> calls =
        IntStream.range(0, count)
            .mapToObj(index -> Executors.callable(() -> body.accept(index)))
            .toList();
    try (ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, threads))) {
      for (Future<Object> call : pool.invokeAll(calls)) {
        call.get();
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in a loop on several threads", e);
    }
  }
}
