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
}
