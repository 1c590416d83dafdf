package engram.bench.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private final List<String> arrived = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);

  /** Writes down what arrives; calls named "wait" wait for the gate, "fail" fails. */
  private final class Notebook implements Tracker {
    Notebook(TrackedRun run) {
      arrived.add("begin " + run.name());
    }

    @Override
    public void scalars(Moment at, Map<String, Double> values) throws IOException {
      if (values.containsKey("wait")) {
        try {
          gate.await();
        } catch (InterruptedException e) {
          throw new IOException("still waiting", e);
        }
      }
      if (values.containsKey("fail")) {
        throw new IOException("disk full");
      }
      arrived.add("scalars " + values);
    }

    @Override
    public void image(Moment at, String name, Picture picture) {
      arrived.add("image " + name);
    }

    @Override
    public Optional<String> report(String name, byte[] page) {
      return Optional.empty();
    }

    @Override
    public void finish(Outcome outcome) {
      arrived.add("finish " + outcome);
    }
  }

  /** With a run under way, the first record. */
  private Delivery delivery(int capacity) {
    Delivery delivery = new Delivery("notes", Notebook::new, "Look in the drawer.", capacity);
    delivery.begin(Samples.run());
    return delivery;
  }

  private static void scalar(Delivery delivery, String name) {
    delivery.send(notes -> notes.scalars(Samples.after(1, 1), Map.of(name, 1.0)));
  }

  @Test
  void everythingArrivesInOrder() throws IOException {
    Delivery delivery = delivery(10);
    scalar(delivery, "a");
    Picture picture = Samples.picture();
    delivery.send(notes -> notes.image(Samples.after(1, 2), "confusion", picture));
    delivery.send(notes -> notes.finish(Outcome.FINISHED));
    assertTrue(delivery.await(Duration.ofSeconds(60)));
    assertEquals(Optional.empty(), delivery.stop());
    assertEquals(
        List.of("begin er_seed1", "scalars {a=1.0}", "image confusion", "finish FINISHED"),
        arrived);
  }

  @Test
  void aFullQueueNeverMakesTheCallerWaitAndNothingLaterIsSent() {
    Delivery delivery = delivery(5);
    scalar(delivery, "wait");
    // Would never come back if it waited: the gate opens below.
    for (int i = 0; i < 1000; i++) {
      scalar(delivery, "a");
    }
    gate.countDown();
    assertTrue(delivery.await(Duration.ofSeconds(60)));
    scalar(delivery, "late");
    String lost = delivery.stop().orElseThrow();
    assertFalse(arrived.contains("scalars {late=1.0}"));
    assertTrue(
        lost.startsWith(
            "notes: %d of 1003 records were not delivered (5 waited already)."
                .formatted(1003 - arrived.size())),
        lost);
    assertTrue(lost.endsWith("Look in the drawer."), lost);
  }

  @Test
  void theEndWaitsNoLongerThanItIsTold() {
    Delivery delivery = delivery(10);
    scalar(delivery, "a");
    scalar(delivery, "wait");
    scalar(delivery, "b");
    long start = System.nanoTime();
    assertFalse(delivery.await(Duration.ofMillis(200)));
    String lost = delivery.stop().orElseThrow();
    assertTrue(System.nanoTime() - start < 10_000_000_000L);
    assertEquals(
        "notes: 2 of 4 records were not delivered (still waiting).\nLook in the drawer.", lost);
  }

  @Test
  void afterAFailureTheRestIsCountedAndTheEndDoesNotWait() {
    Delivery delivery = delivery(10);
    scalar(delivery, "fail");
    scalar(delivery, "a");
    assertTrue(delivery.await(Duration.ofSeconds(60)));
    scalar(delivery, "b");
    assertEquals(
        "notes: 3 of 4 records were not delivered (disk full).\nLook in the drawer.",
        delivery.stop().orElseThrow());
    assertEquals(List.of("begin er_seed1"), arrived);
  }

  @Test
  void whatATrackerDidNotTakeIsOfferedAgainAndNothingIsMissed() throws IOException {
    AtomicBoolean full = new AtomicBoolean(true);
    Delivery delivery = delivery(10);
    delivery.send(
        notes -> {
          if (full.get()) {
            throw new IOException("disk full");
          }
          notes.scalars(Samples.after(1, 1), Map.of("a", 1.0));
        });
    scalar(delivery, "b");
    while (delivery.trouble().isEmpty()) {
      Thread.onSpinWait();
    }
    assertEquals(Optional.of("disk full"), delivery.trouble());
    full.set(false);
    delivery.tryAgain();
    scalar(delivery, "c");
    assertTrue(delivery.await(Duration.ofSeconds(60)));
    assertEquals(Optional.empty(), delivery.stop());
    assertEquals(
        List.of("begin er_seed1", "scalars {a=1.0}", "scalars {b=1.0}", "scalars {c=1.0}"),
        arrived);
  }
}
