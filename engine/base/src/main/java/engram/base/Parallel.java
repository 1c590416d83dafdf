package engram.base;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A loop on several threads. */
public final class Parallel {
  private Parallel() {}

  /**
   * Calls {@code body} with each of 0..count-1, in no order; a call should take some 10
   * microseconds or more, for it is handed to a thread by itself. If calls fail, the failure of the
   * lowest index is thrown, the same one for any number of threads, and no further calls are made.
   *
   * @param threads how many threads work on it, the caller's among them; at least one does
   */
  public static void forEach(int count, int threads, IntConsumer body) {
    Loop loop = new Loop(count, body);
    List<Thread> helpers = new ArrayList<>();
    try {
      for (int i = 1; i < Math.min(threads, count); i++) {
        helpers.add(Thread.ofPlatform().daemon().name("engram-loop-" + i).start(loop));
      }
      loop.run();
    } catch (Error noThread) {
      loop.failed(count, noThread);
    }
    boolean interrupted = Thread.interrupted();
    for (Thread helper : helpers) {
      interrupted |= loop.awaitEnd(helper);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
      loop.failed(count, new IllegalStateException("interrupted in a loop on several threads"));
    }
    // No switch over types: Java would have to make one first, and memory may have run out.
    if (loop.failure instanceof Error failure) {
      throw failure;
    }
    if (loop.failure instanceof RuntimeException failure) {
      throw failure;
    }
  }

  /**
   * What is left to do. A thread may die of an error wherever it is, as when memory runs out: who
   * waits, waits for threads to end and not for what they meant to say.
   */
  private static final class Loop implements Runnable {
    private final int count;
    private final IntConsumer body;
    private final AtomicInteger next = new AtomicInteger();
    private volatile boolean ends;
    private volatile @Nullable Throwable failure;
    private int failedAt = Integer.MAX_VALUE;

    Loop(int count, IntConsumer body) {
      this.count = count;
      this.body = body;
    }

    @Override
    public void run() {
      int index = count;
      try {
        while (!ends && !Thread.currentThread().isInterrupted()) {
          index = next.getAndIncrement();
          if (index >= count) {
            return;
          }
          body.accept(index);
        }
      } catch (RuntimeException | Error e) {
        failed(index, e);
      }
    }

    /** All lower indices were taken before, and come to their own end. Allocates nothing. */
    synchronized void failed(int index, Throwable e) {
      ends = true;
      if (index < failedAt) {
        failedAt = index;
        failure = e;
      }
    }

    /** Whether this thread was interrupted meanwhile; then no further calls are made. */
    boolean awaitEnd(Thread helper) {
      boolean interrupted = false;
      while (true) {
        try {
          helper.join();
          return interrupted;
        } catch (InterruptedException e) {
          interrupted = true;
          ends = true;
        }
      }
    }
  }
}
