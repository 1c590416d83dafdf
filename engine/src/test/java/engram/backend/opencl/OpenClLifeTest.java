package engram.backend.opencl;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Buffer;
import engram.backend.opencl.device.AnyDevice;
import engram.backend.opencl.device.OpenClDevice;
import engram.backend.opencl.device.OpenClException;
import engram.graph.Tape;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Memory, closing, several plans at once, and what is said when something is impossible. */
@Tag("device")
@Timeout(300)
class OpenClLifeTest {
  private OpenClDevice device;
  private OpenClBackend backend;

  @BeforeEach
  void open() {
    device = AnyDevice.orSkip();
    backend = OpenClBackend.open(device, _ -> {});
  }

  @AfterEach
  void close() {
    if (backend != null) {
      backend.close();
    }
  }

  /** y = (x w) + y0, on matrices of {@code size}. */
  private static final class Example {
    final Plan plan;
    final Tensor x;
    final Tensor y;

    Example(OpenClBackend backend, int size) {
      Tape tape = new Tape();
      x = tape.input("x", shape(size, size));
      Tensor w = tape.input("w", shape(size, size));
      y = tape.add(tape.matmul(x, w), x);
      tape.keep(y);
      plan = Plan.compile(tape.graph(), backend, Map.of());
      float[] ones = new float[size * size];
      Arrays.fill(ones, 1);
      plan.buffer(w).write(ones);
    }

    float[] run(float value) {
      float[] all = new float[x.shape().elements()];
      Arrays.fill(all, value);
      plan.buffer(x).write(all);
      plan.run();
      return plan.buffer(y).read();
    }
  }

  @Test
  void newStorageIsZero() {
    assertArrayEquals(new float[1001], backend.allocate(1001).read());
  }

  @Test
  void slicesStartAnywhereAndShareTheStorage() {
    Buffer buffer = backend.allocate(10);
    Buffer part = buffer.slice(3, 4).slice(1, 2);
    part.write(5, 6);
    assertArrayEquals(new float[] {0, 0, 0, 0, 5, 6, 0, 0, 0, 0}, buffer.read());
    float[] target = {9, 9, 9};
    buffer.slice(4, 2).read(1, target, 2, 1);
    assertArrayEquals(new float[] {9, 9, 6}, target);
    assertThrows(IndexOutOfBoundsException.class, () -> part.read(1, new float[2], 0, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> part.write(0, new float[1], 0, 2));
  }

  @Test
  void closingTwiceIsFineAndUsingAfterwardsIsAnError() {
    Example example = new Example(backend, 17);
    example.run(1);
    backend.close();
    backend.close();
    IllegalStateException error = assertThrows(IllegalStateException.class, example.plan::run);
    assertEquals("opencl: " + device.name() + " was closed", error.getMessage());
    assertThrows(IllegalStateException.class, () -> backend.allocate(1));
    assertThrows(IllegalStateException.class, () -> example.plan.buffer(example.x).read());
  }

  @Test
  void plansOnSeveralThreadsDoNotDisturbEachOther() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 1; t <= 4; t++) {
        int size = 16 + t;
        float value = t;
        all.add(
            threads.submit(
                () -> {
                  Example example = new Example(backend, size);
                  for (int i = 0; i < 200; i++) {
                    float[] expected = new float[size * size];
                    Arrays.fill(expected, value * (size + 1));
                    assertArrayEquals(expected, example.run(value));
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  /**
   * Storage on the device to the byte; of the host what a leak of 200 bytes a launch would take.
   */
  @Test
  void tenThousandStepsNeedNoMoreMemory() {
    Example example = new Example(backend, 33);
    run(example, 3_000); // by then all is compiled, here and in the driver
    long device = backend.memoryUsed();
    long heap = heapUsed();
    long resident = residentBytes();
    run(example, 10_000);
    assertEquals(device, backend.memoryUsed());
    assertEquals(heap, heapUsed(), 4 << 20, "heap after a collection");
    long leak = 10_000L * example.plan.launches().size() * 200;
    assertTrue(
        residentBytes() - resident < leak + (8 << 20),
        () -> "resident set grew by " + (residentBytes() - resident));
  }

  private void run(Example example, int steps) {
    for (int i = 0; i < steps; i++) {
      example.plan.run();
      if (i % 100 == 0) {
        backend.finish(); // as a trainer does that reads its loss
      }
    }
    backend.finish();
  }

  private static long heapUsed() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Resident set of this process; always 0 where the system does not say. */
  private static long residentBytes() {
    try {
      return 4096 * Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]);
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  void plansThatNobodyHoldsGiveTheirMemoryBack() {
    for (int i = 0; i < 64; i++) {
      backend.allocate(8 << 20);
      assertTrue(backend.memoryUsed() <= 1L << 30, "after " + i + ": " + backend.memoryUsed());
    }
  }

  @Test
  void moreMemoryThanThereIsIsAnErrorThatSaysHowMuchThereIs() {
    OpenClException error =
        assertThrows(OpenClException.class, () -> backend.allocate(Integer.MAX_VALUE));
    String message = String.valueOf(error.getMessage());
    assertTrue(message.startsWith("opencl: no memory for 8192.0 MiB more on"), message);
    assertTrue(message.contains("Use a smaller batch or another device"), message);
  }
}
