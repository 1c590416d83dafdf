package engram.bench.measure;

import engram.backend.vector.kernel.FmaPeak;
import engram.backend.vector.kernel.Workers;
import java.util.Optional;

/**
 * Measures the limits of this machine in this process. Clock speeds wander, so measure often beside
 * what is compared; the highest rates seen so far are kept.
 */
public final class PeakMeter implements AutoCloseable {
  /** Runs until the measuring loop itself is surely compiled. */
  private static final int WARM_UP = 300;

  private final Workers workers;
  private final FmaPeak fma;
  private final CopyBandwidth copy;
  private double gigaflops;
  private double gigabytes;

  private PeakMeter(int threads) {
    workers = new Workers(threads);
    fma = new FmaPeak(workers);
    copy = new CopyBandwidth(workers);
    gigaflops = fma.measure(WARM_UP);
  }

  /** A meter, warmed up; empty without the Vector API, in which the peak is measured. */
  public static Optional<PeakMeter> open(int threads) {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? Optional.of(new PeakMeter(threads))
        : Optional.empty();
  }

  /** Highest rate of multiply-adds so far, GFLOP/s; takes a few hundredths of a second. */
  public double gigaflops() {
    gigaflops = Math.max(gigaflops, fma.measure(500));
    return gigaflops;
  }

  /** Highest rate of copying main memory so far, GB/s read and written; a few hundredths. */
  public double gigabytes() {
    gigabytes = Math.max(gigabytes, copy.measure(5));
    return gigabytes;
  }

  /**
   * Both, measured several times: another program may hold a processor for a while. Half a second.
   */
  public Roof roof() {
    for (int i = 0; i < 5; i++) {
      gigaflops();
      gigabytes();
    }
    return new Roof(gigaflops, gigabytes);
  }

  @Override
  public void close() {
    workers.close();
  }
}
