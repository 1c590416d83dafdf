package engram.backend.opencl.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("device")
@Timeout(300)
class FmaPeakTest {

  /** x becomes 0.999 x + 0.001 thousands of times, so it must end at 1, wherever it started. */
  @Test
  void theMultiplyAddsAreDone() {
    OpenClDevice device = AnyDevice.orSkip();
    try (Session session = new Session(device)) {
      FmaPeak peak = new FmaPeak(session);
      double rate = peak.measure(2);
      assertTrue(rate > 0 && rate < 1e6, () -> rate + " GFLOP/s");
      float[] sums = peak.sums();
      float first = sums[0];
      assertTrue(first >= 4, () -> "sum of the chains: " + first);
      for (float sum : sums) {
        assertEquals(Math.rint(first), sum, 0.05 * first);
      }
    }
  }
}
