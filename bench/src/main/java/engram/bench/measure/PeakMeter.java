package engram.bench.measure;

import engram.backend.vector.run.Workers;
import engram.backend.vector.tile.FmaPeak;
import java.util.Optional;

/**
 * The limits of this machine's processors: multiply-adds through the Vector API, and copies of main
 * memory.
 */
public final class PeakMeter implements Limits {
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

  @Override
  public double gigaflops() {
    gigaflops = Math.max(gigaflops, fma.measure(500));
    return gigaflops;
  }

  /** Highest rate of copying main memory so far, GB/s read and written; a few hundredths. */
  public double gigabytes() {
    gigabytes = Math.max(gigabytes, copy.measure(5));
    return gigabytes;
  }

  /** Several times, since another program may hold a processor for a while. */
  @Override
  public Roof roof() {
    for (int i = 0; i < 5; i++) {
      gigaflops();
      gigabytes();
    }
    return new Roof(gigaflops, gigabytes);
  }

  @Override
  public String of() {
    return workers.size() == 1 ? "1 thread" : workers.size() + " threads";
  }

  @Override
  public void close() {
    workers.close();
  }
}
