package engram.bench.suite;

import engram.bench.measure.Limits;
import engram.device.Devices;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;

/**
 * Measures the limits of the device in the process that is measured, after each iteration, those of
 * the processor with as many threads as the device has: JMH makes it in every fork.
 */
public final class PeakProfiler implements InternalProfiler {
  static final String FMA = "fma.peak";
  static final String COPY = "copy.peak";

  private Optional<Limits> limits = Optional.empty();

  @Override
  public String getDescription() {
    return "peak rates of multiply-adds and of copying memory";
  }

  @Override
  public void beforeIteration(BenchmarkParams params, IterationParams iteration) {
    if (limits.isEmpty()) {
      String device = params.getParam("device");
      String stated = params.getParam("threads");
      int threads = stated == null || "reference".equals(device) ? 1 : Integer.parseInt(stated);
      limits =
          device != null && Measurement.isOpenCl(device)
              ? Limits.of(Devices.open(device, threads, System.err::println), threads)
              : Limits.ofProcessor(threads);
    }
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams params, IterationParams iteration, IterationResult result) {
    if (limits.isEmpty() || iteration.getType() != IterationType.MEASUREMENT) {
      return List.of();
    }
    // Once each, which is quicker than a roof: the highest of all iterations counts.
    return List.of(
        new ScalarResult(FMA, limits.get().gigaflops(), "GFLOP/s", AggregationPolicy.MAX),
        new ScalarResult(COPY, limits.get().gigabytes(), "GB/s", AggregationPolicy.MAX));
  }
}
