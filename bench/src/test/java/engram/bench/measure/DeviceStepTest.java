package engram.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import engram.backend.opencl.OpenClBackend;
import engram.backend.opencl.device.OpenClDevice;
import engram.backend.opencl.device.OpenClDevices;
import engram.backend.opencl.device.OpenClException;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many kernels a training step of the reference network starts: on a GPU each costs time. */
@Tag("device")
@Timeout(300)
class DeviceStepTest {

  /** One or two less where the processors are so few that few products are cut into parts. */
  @Test
  void aTrainingStepIsAtMostSixteenKernelsOnAGpu() {
    int launches = launches(OpenClBackend::withGpuKernels);
    assertTrue(launches >= 14 && launches <= 16, launches + " kernels");
  }

  /**
   * Twelve more: images get a halo of zeros first, weights are turned or transformed, so that no
   * loop has a border.
   */
  @Test
  void aTrainingStepIsTwentyEightKernelsOnAProcessor() {
    assumeTrue(deviceOrSkip().type() == OpenClDevice.Type.CPU, "the first device is no processor");
    assertEquals(28, launches(OpenClBackend::withCpuKernels));
  }

  private static int launches(Function<OpenClDevice, OpenClBackend> open) {
    try (OpenClBackend backend = open.apply(deviceOrSkip())) {
      return MeasuredStep.reference(64).training(backend).plan().launches().size();
    }
  }

  private static OpenClDevice deviceOrSkip() {
    try {
      return OpenClDevices.list().getFirst();
    } catch (OpenClException e) {
      return Assumptions.abort(e.getMessage());
    }
  }
}
