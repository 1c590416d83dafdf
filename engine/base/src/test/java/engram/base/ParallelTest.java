package engram.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

  /** Fills the heap in the loop, and keeps it full. */
  static final class Hungry {
    private static final List<byte[]> KEPT = new ArrayList<>();

    public static void main(String[] none) {
      try {
        Parallel.forEach(100_000, 4, index -> keep(new byte[1 << 14]));
      } catch (OutOfMemoryError e) {
        KEPT.clear();
        Runtime.getRuntime().halt(7);
      }
    }

    private static synchronized void keep(byte[] block) {
      KEPT.add(block);
    }
  }

  /** Threads of a pool died of it, those that should follow could not be made, and all waited. */
  @Test
  @Timeout(120)
  void memoryThatRunsOutReachesTheCallerThoughThreadsDieOfIt() throws Exception {
    Process hungry =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx12m",
                "-cp",
                System.getProperty("java.class.path"),
                Hungry.class.getName())
            .inheritIO()
            .start();
    try {
      assertTrue(hungry.waitFor(60, TimeUnit.SECONDS), "it hangs");
      assertEquals(7, hungry.exitValue());
    } finally {
      hungry.destroyForcibly();
    }
  }

  @Test
  void interruptEndsTheLoopAndIsKept() {
    Thread.currentThread().interrupt();
    assertThrows(IllegalStateException.class, () -> Parallel.forEach(10, 2, index -> {}));
    assertTrue(Thread.interrupted());
  }
}
