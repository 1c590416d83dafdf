package engram.bench.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.experiment.StopRequest;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveControlTest {
  private final StopRequest stop = new StopRequest();
  private final LiveControl control = new LiveControl(stop);

  /** Stands for a training: each element is the end of a pause. */
  private final SynchronousQueue<Integer> passed = new SynchronousQueue<>();

  private Thread train(int steps) {
    return Thread.startVirtualThread(
        () -> {
          try {
            for (int step = 1; step <= steps; step++) {
              control.pause();
              passed.put(step);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private int next() throws InterruptedException {
    Integer step = passed.poll(30, TimeUnit.SECONDS);
    return step == null ? -1 : step;
  }

  private boolean isHeld() throws InterruptedException {
    return passed.poll(100, TimeUnit.MILLISECONDS) == null;
  }

  @Test
  void aHeldTrainingMakesTheStepsThatItIsGranted() throws InterruptedException {
    control.hold();
    assertTrue(control.asks(), "who looks at every step wants its figures");
    Thread training = train(4);
    assertTrue(isHeld());
    control.step();
    assertEquals(1, next());
    assertTrue(isHeld());
    control.go();
    assertFalse(control.asks());
    assertEquals(2, next());
    assertEquals(3, next());
    assertEquals(4, next());
    training.join();
  }

  /** Ctrl-C must not wait for somebody to click. */
  @Test
  void aStopEndsAPause() throws InterruptedException {
    control.hold();
    Thread training = train(1);
    assertTrue(isHeld());
    stop.make();
    assertEquals(1, next());
    training.join();
  }

  @Test
  void aTrainingThatRunsIsHeldByAStep() {
    control.step();
    assertTrue(control.isPaused());
  }
}
