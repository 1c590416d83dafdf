package engram.backend.vector.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64})
  void everyTaskRunsExactlyOnceInEveryRun(int size) {
    try (Workers team = new Workers(size)) {
      for (int count : new int[] {0, 1, 2, 3, 64, 1000}) {
        for (int run = 0; run < 50; run++) {
          AtomicIntegerArray runs = new AtomicIntegerArray(Math.max(1, count));
          team.run(
              count,
              (index, worker) -> {
                assertTrue(worker >= 0 && worker < size);
                runs.incrementAndGet(index);
              });
          for (int i = 0; i < count; i++) {
            assertEquals(1, runs.get(i), "task " + i + " of " + count);
          }
        }
      }
    }
  }

  /** All tasks wait for each other, so nobody has time for a second one. */
  @Test
  void everyWorkerStartsWithItsOwnShare() {
    int size = 3;
    try (Workers workers = new Workers(size)) {
      CyclicBarrier all = new CyclicBarrier(size);
      int[] ranBy = new int[size];
      for (int run = 0; run < 50; run++) {
        workers.run(
            size,
            (index, worker) -> {
              await(all);
              ranBy[index] = worker;
            });
        assertArrayEquals(new int[] {0, 1, 2}, ranBy);
      }
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void twoTasksOfOneWorkerNeverOverlap() {
    try (Workers team = new Workers(4)) {
      AtomicIntegerArray busy = new AtomicIntegerArray(4);
      AtomicInteger overlaps = new AtomicInteger();
      for (int run = 0; run < 200; run++) {
        team.run(
            20,
            (index, worker) -> {
              overlaps.addAndGet(busy.getAndIncrement(worker));
              busy.decrementAndGet(worker);
            });
      }
      assertEquals(0, overlaps.get());
    }
  }

  @Test
  void whatATaskThrowsReachesTheCallerAndTheTeamGoesOn() {
    IllegalStateException thrown = new IllegalStateException("broken");
    try (Workers team = new Workers(3)) {
      for (int failing = 0; failing < 8; failing++) {
        int bad = failing;
        IllegalStateException caught =
            assertThrows(
                IllegalStateException.class,
                () ->
                    team.run(
                        8,
                        (index, worker) -> {
                          if (index == bad) {
                            throw thrown;
                          }
                        }));
        assertSame(thrown, caught);
      }
      AtomicInteger sum = new AtomicInteger();
      team.run(10, (index, worker) -> sum.addAndGet(index));
      assertEquals(45, sum.get());
    }
  }

  @Test
  void aTaskMayNotStartARunOfItsTeam() {
    try (Workers team = new Workers(2)) {
      assertThrows(
          IllegalStateException.class,
          () -> team.run(4, (index, worker) -> team.run(1, (i, w) -> {})));
    }
  }

  @Test
  void sizesOutsideTheLimitsAndRunsAfterCloseAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Workers(0));
    assertThrows(IllegalArgumentException.class, () -> new Workers(Workers.MAX + 1));
    Workers team = new Workers(2);
    team.close();
    team.close();
    assertThrows(IllegalStateException.class, () -> team.run(2, (index, worker) -> {}));
  }
}
