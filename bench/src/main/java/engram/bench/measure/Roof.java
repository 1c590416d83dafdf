package engram.bench.measure;

import engram.op.Cost;

/**
 * The two limits of a machine, and with them the limit of any piece of work (Williams, Waterman and
 * Patterson 2009): it takes at least as long as its arithmetic at the highest rate, and at least as
 * long as its memory traffic.
 *
 * @param gigaflops highest arithmetic rate, GFLOP/s
 * @param gigabytes highest rate to and from main memory, GB/s. What stays in the caches can pass
 *     it.
 */
public record Roof(double gigaflops, double gigabytes) {

  /** The higher limits of two looks at the same machine. */
  public Roof and(Roof other) {
    return new Roof(Math.max(gigaflops, other.gigaflops), Math.max(gigabytes, other.gigabytes));
  }

  /** Whether arithmetic and not memory traffic is what limits this work. */
  public boolean boundByArithmetic(Cost cost) {
    return cost.flops() / gigaflops >= cost.bytes() / gigabytes;
  }

  /** Seconds below which this work cannot be done from main memory, times 1e9. */
  public double leastNanos(Cost cost) {
    return Math.max(cost.flops() / gigaflops, cost.bytes() / gigabytes);
  }

  /** Share of the limit that was reached, 1 at the limit. */
  public double share(Cost cost, double seconds) {
    return leastNanos(cost) / (1e9 * seconds);
  }

  /** The highest rate in GFLOP/s for work of this many operations a byte. */
  public double attainable(double intensity) {
    return Math.min(gigaflops, intensity * gigabytes);
  }
}
