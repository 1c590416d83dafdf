package engram.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.opencl.OpenClBackend;
import engram.backend.opencl.device.OpenClDevices;
import engram.backend.opencl.device.OpenClException;
import engram.device.Devices;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LimitsTest {

  @Test
  void aProcessorIsMeasuredWithAsManyThreads() {
    try (Backend backend = Devices.open("vector", 2, line -> {});
        Limits limits = Limits.of(backend, 2).orElseThrow()) {
      assertEquals("2 threads", limits.of());
      grow(limits);
    }
  }

  @Tag("device")
  @Timeout(300)
  @Test
  void anOpenClDeviceHasLimitsOfItsOwn() {
    try (Backend backend = deviceOrSkip();
        Limits limits = Limits.of(backend, 2).orElseThrow()) {
      assertEquals("the device", limits.of());
      grow(limits);
    }
  }

  /** The highest rate that was ever seen is kept. */
  private static void grow(Limits limits) {
    double first = limits.gigaflops();
    Roof roof = limits.roof();
    assertTrue(first > 0 && roof.gigaflops() >= first, () -> first + ", then " + roof);
    assertTrue(roof.gigabytes() > 0, roof::toString);
    assertTrue(limits.gigaflops() >= roof.gigaflops(), roof::toString);
  }

  private static Backend deviceOrSkip() {
    try {
      return OpenClBackend.withCpuKernels(OpenClDevices.list().getFirst());
    } catch (OpenClException e) {
      return Assumptions.abort(e.getMessage());
    }
  }
}
