package engram.base;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** A loop on several threads. */
public final class Parallel {

  /** Large enough that handing it out costs nothing, small enough to even out the threads. */
  private static final int CHUNK = 256;

  private Parallel() {}

  /**
   * Calls {@code body} with each of 0..count-1. If calls fail, the failure of the lowest index is
   * thrown: the same one for any number of threads.
   */
  public static void forEach(int count, int threads, IntConsumer body) {
    List<Callable<Boolean>> chunks = new ArrayList<>();
    for (int start = 0; start < count; start += CHUNK) {
      int from = start;
      int to = Math.min(count, start + CHUNK);
      chunks.add(
          () -> {
            for (int i = from; i < to; i++) {
              body.accept(i);
            }
            return true;
          });
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, threads))) {
      for (Future<Boolean> chunk : pool.invokeAll(chunks)) {
        chunk.get();
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading images", e);
    }
  }
}
