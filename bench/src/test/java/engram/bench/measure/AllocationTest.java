package engram.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import engram.backend.Backend;
import engram.backend.vector.VectorBackend;
import engram.nn.train.TrainingStep;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * In a process of its own, as a run is: after other tests the compiler knows too many shapes and
 * backends to tell that no vector leaves its register.
 */
@Tag("process")
@Timeout(300)
class AllocationTest {
  private static final int STEPS = 100;

  /** While methods are still interpreted, vectors are objects: the compiler needs some time. */
  private static final Duration WARM_UP = Duration.ofMinutes(3);

  private static final ThreadMXBean BEAN = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void afterWarmUpAHundredStepsOfTheReferenceNetworkAllocateNothing() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules",
            "jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            AllocationTest.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }

  /** Exit code 0 as soon as a hundred steps in a row have allocated nothing. */
  public static void main(String[] args) {
    long bytes;
    try (Backend backend = VectorBackend.open(2)) {
      TrainingStep step = MeasuredStep.reference(8).training(backend);
      long[] threads = threads();
      long end = System.nanoTime() + WARM_UP.toNanos();
      do {
        long before = allocated(threads);
        for (int i = 0; i < STEPS; i++) {
          step.run();
          step.loss();
        }
        bytes = allocated(threads) - before;
      } while (bytes > 0 && System.nanoTime() < end);
    }
    System.out.printf("after %s %d steps still allocate %d bytes%n", WARM_UP, STEPS, bytes);
    System.exit(bytes == 0 ? 0 : 1);
  }

  /** This thread and the workers of the backend. */
  private static long[] threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().startsWith("engram-worker-") || t == Thread.currentThread())
        .mapToLong(Thread::threadId)
        .toArray();
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
