package engram.bench.track;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Brings what happens in a run to a tracker in a thread of its own. Nothing here waits for the
 * tracker but {@link #await}, and that only as long as it is told. What it does not take waits in
 * line until {@link #tryAgain}; what does not get through is counted. What arrives is always the
 * beginning of the story: once something is lost, nothing later is sent.
 */
final class Delivery {
  private final String target;
  private final Tracker.Opening opening;
  private final String elsewhere;
  private final int capacity;
  private final ExecutorService thread;
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger delivered = new AtomicInteger();

  /** What is not delivered yet, the oldest first. */
  private final BlockingQueue<Task> waiting;

  /** Why the oldest did not get through; empty while nothing is in its way. */
  private volatile Optional<String> trouble = Optional.empty();

  private volatile boolean isFull;

  /** The run under way; of the delivering thread. */
  private Optional<Tracker> open = Optional.empty();

  /** Something to tell a tracker. */
  @FunctionalInterface
  interface News {
    void tell(Tracker tracker) throws IOException;
  }

  private interface Task {
    void run() throws IOException;
  }

  /**
   * @param target name of the tracker, such as {@code mlflow}
   * @param elsewhere a sentence that says where to find what was not delivered
   * @param capacity items that may wait
   */
  Delivery(String target, Tracker.Opening opening, String elsewhere, int capacity) {
    this.target = target;
    this.opening = opening;
    this.elsewhere = elsewhere;
    this.capacity = capacity;
    waiting = new LinkedBlockingQueue<>(capacity);
    thread =
        Executors.newSingleThreadExecutor(Thread.ofVirtual().name("track-" + target).factory());
  }

  String target() {
    return target;
  }

  /** A run begins, and what follows is told of it. */
  void begin(TrackedRun run) {
    add(() -> open = Optional.of(opening.begin(run)));
  }

  /** Tells the tracker of the run under way. */
  void send(News news) {
    add(() -> news.tell(open.orElseThrow(() -> new IOException("no run has begun"))));
  }

  private void add(Task task) {
    accepted.incrementAndGet();
    isFull = isFull || !waiting.offer(task);
    if (!isFull && trouble.isEmpty()) {
      thread.execute(this::deliver);
    }
  }

  private void deliver() {
    while (trouble.isEmpty()) {
      Task task = waiting.peek();
      if (task == null) {
        return;
      }
      try {
        task.run();
        delivered.incrementAndGet();
        waiting.remove();
      } catch (IOException | RuntimeException e) {
        trouble = Optional.of(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Why nothing gets through just now; empty when something does. */
  Optional<String> trouble() {
    return trouble;
  }

  /** Offers the tracker once more what it did not take. */
  void tryAgain() {
    if (trouble.isPresent() && !thread.isShutdown()) {
      trouble = Optional.empty();
      thread.execute(this::deliver);
    }
  }

  /**
   * Says that nothing more follows, and waits until all is delivered.
   *
   * @return whether nothing is left to wait for: all is delivered, or the tracker has failed
   */
  boolean await(Duration limit) {
    thread.shutdown();
    try {
      return thread.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Gives up what is still under way.
   *
   * @return what was not delivered, why, and where to find it; empty when all was
   */
  Optional<String> stop() {
    thread.shutdownNow();
    await(Duration.ofSeconds(1)); // to hear why
    int missing = accepted.get() - delivered.get();
    return missing == 0
        ? Optional.empty()
        : Optional.of(
            "%s: %d of %d records were not delivered (%s).\n%s"
                .formatted(target, missing, accepted.get(), reason(), elsewhere));
  }

  private String reason() {
    return isFull ? "%d waited already".formatted(capacity) : trouble.orElse("the time was up");
  }
}
