package engram.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import engram.backend.Backend;
import engram.backend.vector.VectorBackend;
import engram.nn.train.TrainingStep;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final int STEPS = 100;
  private static final ThreadMXBean BEAN = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** While methods are still interpreted, vectors are objects: the compiler needs this long. */
  private static final Duration WARM_UP = Duration.ofMinutes(3);

  @Test
  void afterWarmUpAHundredStepsOfTheReferenceNetworkAllocateNothing() {
    try (Backend backend = VectorBackend.open(2)) {
      TrainingStep step = ReferenceStep.of(8).training(backend);
      long[] threads = threads();
      long end = System.nanoTime() + WARM_UP.toNanos();
      long bytes;
      do {
        long before = allocated(threads);
        for (int i = 0; i < STEPS; i++) {
          step.run();
          step.loss();
        }
        bytes = allocated(threads) - before;
      } while (bytes > 0 && System.nanoTime() < end);
      assertEquals(0, bytes, "bytes that " + STEPS + " steps still allocate after " + WARM_UP);
    }
  }

  /** This thread and the workers of the backend. */
  private static long[] threads() {
    List<Thread> workers =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t.getName().startsWith("engram-worker-") || t == Thread.currentThread())
            .toList();
    return workers.stream().mapToLong(Thread::threadId).toArray();
  }

  /** Itself allocates nothing. */
  private static long allocated(long[] threads) {
    long sum = 0;
    for (long thread : threads) {
      sum += BEAN.getThreadAllocatedBytes(thread);
    }
    return sum;
  }
}
