package engram.backend.opencl.device;

import engram.backend.Operand;
import java.util.Map;

/** Measures {@code fma_peak.cl}: the most floating-point operations a second of a device. */
public final class FmaPeak {
  /** Work-items for a compute unit of a GPU: as many as it keeps in flight. */
  private static final int IN_FLIGHT = 2048;

  private final Operand sums;
  private final DeviceKernel kernel;
  private final double flops;

  public FmaPeak(Session session) {
    boolean cpu = session.isCpu();
    int vector = cpu ? session.device().cpuVector() : 4;
    // Enough to hide the latency of a multiply-add, and no more than the registers hold.
    int chains = cpu ? 12 : 4;
    int items = Math.toIntExact(session.device().computeUnits() * (cpu ? 4 : IN_FLIGHT));
    int steps = cpu ? 20_000 : 4096;
    flops = 2.0 * items * steps * chains * vector;
    sums = session.scratch(items);
    kernel =
        session
            .kernel("fma_peak", "fma_peak", Map.of("V", vector, "CHAINS", chains))
            .operands(sums)
            .ints(items, steps)
            .range(items, 1, cpu ? 1 : OpenClDevice.SMALLEST_GROUP, 1);
  }

  /** What each work-item of the last run came to: about one for each chain and lane. */
  float[] sums() {
    float[] values = new float[sums.shape().elements()];
    sums.buffer().read(0, values, 0, values.length);
    return values;
  }

  /** Best rate of {@code runs} short runs, GFLOP/s by the device's clock. */
  public double measure(int runs) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < runs; i++) {
      best = Math.min(best, Math.max(1, kernel.runTimed()));
    }
    return flops / best;
  }
}
