package engram.bench.track;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Brings what happens in a run to a tracker in a thread of its own. Nothing here waits for the
 * tracker but {@link #await}, and that only as long as it is told: what does not get through is
 * counted. What arrives is always the beginning of the story: once something is lost, nothing later
 * is sent.
 */
final class Delivery {
  private final String target;
  private final String elsewhere;
  private final BlockingQueue<Item> queue;
  private final Thread thread;
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger delivered = new AtomicInteger();
  private final AtomicBoolean broken = new AtomicBoolean();
  private volatile String problem = "the time was up";
  private boolean ended;

  /** One call of a tracker. */
  @FunctionalInterface
  private interface Item {
    void deliver(Tracker tracker) throws IOException;
  }

  /** Told by its identity: the last in the queue. */
  private static final Item END = tracker -> {};

  /**
   * @param target name of the tracker, such as {@code mlflow}
   * @param elsewhere a sentence that says where to find what was not delivered
   * @param capacity items that may wait
   */
  Delivery(String target, Tracker tracker, String elsewhere, int capacity) {
    this.target = target;
    this.elsewhere = elsewhere;
    queue = new ArrayBlockingQueue<>(capacity);
    thread = Thread.ofVirtual().name("track-" + target).start(() -> work(tracker));
  }

  void begin(TrackedRun run) {
    add(tracker -> tracker.begin(run));
  }

  void scalars(Moment at, Map<String, Double> values) {
    add(tracker -> tracker.scalars(at, values));
  }

  void image(Moment at, String name, Picture picture) {
    add(tracker -> tracker.image(at, name, picture));
  }

  void finish(Outcome outcome) {
    add(tracker -> tracker.finish(outcome));
  }

  private void add(Item item) {
    accepted.incrementAndGet();
    if (broken.get()) {
      return;
    }
    if (!queue.offer(item)) {
      problem = "%d waited already".formatted(queue.size());
      broken.set(true);
    }
  }

  @SuppressWarnings("ReferenceEquality") // END is one object
  private void work(Tracker tracker) {
    try {
      for (Item item = queue.take(); item != END; item = queue.take()) {
        item.deliver(tracker);
        delivered.incrementAndGet();
      }
    } catch (InterruptedException e) {
      // Stopped while nothing was under way; it counts.
    } catch (IOException | RuntimeException e) {
      problem = String.valueOf(e.getMessage());
      broken.set(true);
      queue.clear();
    }
  }

  /**
   * Says that nothing more follows, and waits until all is delivered.
   *
   * @return whether nothing is left to wait for: all is delivered, or the tracker has failed
   */
  boolean await(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    try {
      if (!ended && thread.isAlive()) {
        ended = queue.offer(END, limit.toNanos(), TimeUnit.NANOSECONDS);
      }
      return thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
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
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(1)); // to hear why
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    int missing = accepted.get() - delivered.get();
    return missing == 0
        ? Optional.empty()
        : Optional.of(
            "%s: %d of %d records were not delivered (%s).\n%s"
                .formatted(target, missing, accepted.get(), problem, elsewhere));
  }
}
