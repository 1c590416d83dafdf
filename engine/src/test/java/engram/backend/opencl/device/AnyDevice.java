package engram.backend.opencl.device;

import org.junit.jupiter.api.Assumptions;

/** The device on which tests of this backend run: the first one, on most machines a CPU. */
public final class AnyDevice {
  private AnyDevice() {}

  /** Without a device the test is reported as skipped, with what to install. */
  public static OpenClDevice orSkip() {
    try {
      return OpenClDevices.list().getFirst();
    } catch (OpenClException e) {
      return Assumptions.abort(e.getMessage());
    }
  }

  /** A device that says other things about itself. */
  public static OpenClDevice changed(OpenClDevice d, String driver, long computeUnits) {
    return changed(d, driver, computeUnits, d.version(), d.hasCompiler(), d.workGroup());
  }

  public static OpenClDevice changed(
      OpenClDevice d,
      String driver,
      long computeUnits,
      String version,
      boolean hasCompiler,
      long workGroup) {
    return new OpenClDevice(
        d.platform(),
        d.number(),
        d.platformName(),
        d.name(),
        driver,
        d.type(),
        computeUnits,
        d.memoryBytes(),
        d.allocationBytes(),
        d.localBytes(),
        workGroup,
        version,
        hasCompiler,
        d.vectorWidth(),
        d.handle());
  }
}
