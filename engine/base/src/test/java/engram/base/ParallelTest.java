package engram.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class ParallelTest {

  @Test
  void everyIndexIsCalledOnce() {
    for (int threads : new int[] {-1, 0, 1, 2, 7}) {
      for (int count : new int[] {0, 1, 5, 1000}) {
        AtomicIntegerArray calls = new AtomicIntegerArray(count);
        Parallel.forEach(count, threads, calls::incrementAndGet);
        int[] expected = new int[count];
        Arrays.fill(expected, 1);
        int[] received = new int[count];
        Arrays.setAll(received, calls::get);
        assertArrayEquals(expected, received, count + " calls on " + threads + " threads");
      }
    }
  }

  @Test
  void asManyThreadsWorkAtOnceAsAreAskedFor() {
    CountDownLatch all = new CountDownLatch(3);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Parallel.forEach(
        3,
        3,
        index -> {
          threads.add(Thread.currentThread());
          all.countDown();
          try {
            all.await();
          } catch (InterruptedException e) {
            fail(e);
          }
        });
    assertEquals(3, threads.size());
  }

  @Test
  void failureOfTheLowestIndexIsThrown() {
    for (int threads : new int[] {1, 2, 8}) {
      String message =
          assertThrows(
                  IllegalStateException.class,
                  () ->
                      Parallel.forEach(
                          500,
                          threads,
                          index -> {
                            if (index % 100 == 73) {
                              throw new IllegalStateException("at " + index);
                            }
                          }))
              .getMessage();
      assertEquals("at 73", message);
    }
  }

  @Test
  void errorsPassThrough() {
    assertThrows(
        StackOverflowError.class,
        () ->
            Parallel.forEach(
                2,
                2,
                index -> {
                  throw new StackOverflowError();
                }));
  }

  @Test
  void interruptEndsTheLoopAndIsKept() {
    Thread.currentThread().interrupt();
    assertThrows(IllegalStateException.class, () -> Parallel.forEach(10, 2, index -> {}));
    assertTrue(Thread.interrupted());
  }
}
