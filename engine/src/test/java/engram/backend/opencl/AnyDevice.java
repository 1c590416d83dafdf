package engram.backend.opencl;

import org.junit.jupiter.api.Assumptions;

/** The device on which tests of this backend run: the first one, on most machines a CPU. */
final class AnyDevice {
  private AnyDevice() {}

  /** Without a device the test is reported as skipped, with what to install. */
  static OpenClDevice orSkip() {
    try {
      return OpenClDevices.list().getFirst();
    } catch (OpenClException e) {
      return Assumptions.abort(e.getMessage());
    }
  }

  /** A device that says other things about itself. */
  static OpenClDevice changed(OpenClDevice d, String driver, long computeUnits) {
    return changed(d, driver, computeUnits, d.version(), d.hasCompiler(), d.workGroup());
  }

  static OpenClDevice changed(
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
