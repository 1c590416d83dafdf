package engram.bench.suite;

import com.sun.management.ThreadMXBean;
import engram.bench.measure.Limits;
import engram.device.Devices;
import java.lang.management.ManagementFactory;
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
 * Counts the bytes that an iteration allocates, then measures the limits of the device in the
 * process that is measured, after each iteration, those of the processor with as many threads as
 * the device has: JMH makes it in every fork.
 */
public final class PeakProfiler implements InternalProfiler {
  static final String FMA = "fma.peak";
  static final String COPY = "copy.peak";

  static final String ALLOCATED = "allocated";

  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private Optional<Limits> limits = Optional.empty();
  private long allocated;

  @Override
  public String getDescription() {
    return "bytes allocated, peak rates of multiply-adds and of copying memory";
  }

  @Override
  public void beforeIteration(BenchmarkParams params, IterationParams iteration) {
    if (limits.isEmpty()) {
      String device = params.getParam("device");
      String stated = params.getParam("threads");
      int team = stated == null || "reference".equals(device) ? 1 : Integer.parseInt(stated);
      limits =
          device != null && Measurement.isOpenCl(device)
              ? Limits.of(Devices.open(device, team, System.err::println), team)
              : Limits.ofProcessor(team);
    }
    allocated = threads.getTotalThreadAllocatedBytes();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams params, IterationParams iteration, IterationResult result) {
    // Before anything else: the limits allocate, too.
    long bytes = threads.getTotalThreadAllocatedBytes() - allocated;
    if (iteration.getType() != IterationType.MEASUREMENT) {
      return List.of();
    }
    double each = bytes / (double) Math.max(1, result.getMetadata().getAllOps());
    // The least of all iterations: the last one has the tear-down in it.
    ScalarResult ofOne = new ScalarResult(ALLOCATED, each, "B", AggregationPolicy.MIN);
    if (limits.isEmpty()) {
      return List.of(ofOne);
    }
    // Once each, which is quicker than a roof: the highest of all iterations counts.
    return List.of(
        ofOne,
        new ScalarResult(FMA, limits.get().gigaflops(), "GFLOP/s", AggregationPolicy.MAX),
        new ScalarResult(COPY, limits.get().gigabytes(), "GB/s", AggregationPolicy.MAX));
  }
}
