package engram.bench.suite;

import engram.bench.measure.PeakMeter;
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
 * Measures the machine's limits in the process that is measured, after each iteration, with as many
 * threads as the device has: JMH makes it in every fork.
 */
public final class PeakProfiler implements InternalProfiler {
  static final String FMA = "fma.peak";
  static final String COPY = "copy.peak";

  private Optional<PeakMeter> meter = Optional.empty();

  @Override
  public String getDescription() {
    return "peak rates of multiply-adds and of copying memory";
  }

  @Override
  public void beforeIteration(BenchmarkParams params, IterationParams iteration) {
    if (meter.isEmpty()) {
      boolean single = "reference".equals(params.getParam("device"));
      String threads = params.getParam("threads");
      meter = PeakMeter.open(single || threads == null ? 1 : Integer.parseInt(threads));
    }
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams params, IterationParams iteration, IterationResult result) {
    if (meter.isEmpty() || iteration.getType() != IterationType.MEASUREMENT) {
      return List.of();
    }
    return List.of(
        new ScalarResult(FMA, meter.get().gigaflops(), "GFLOP/s", AggregationPolicy.MAX),
        new ScalarResult(COPY, meter.get().gigabytes(), "GB/s", AggregationPolicy.MAX));
  }
}
