package engram.bench.measure;

import engram.backend.Backend;
import engram.backend.opencl.OpenClBackend;
import engram.backend.vector.run.Workers;
import engram.backend.vector.tile.FmaPeak;
import engram.inspect.Speed;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Measures the limits of what computes, in this process: multiply-adds, and copies of main memory.
 * Clock speeds wander, so measure often beside what is compared; the highest rates seen so far are
 * kept.
 */
public final class Limits implements AutoCloseable {
  /** Runs until the measuring loop itself is surely compiled. */
  private static final int WARM_UP = 300;

  /** Two arrays of 64 MiB: more than the caches of most machines hold. */
  private static final int ELEMENTS = 16 << 20;

  private static final int CHUNK = 256 << 10;

  private final String of;
  private final DoubleSupplier arithmetic;
  private final DoubleSupplier memory;
  private final int copies;
  private final Runnable end;
  private double gigaflops;
  private double gigabytes;

  private Limits(
      String of, DoubleSupplier arithmetic, DoubleSupplier memory, int copies, Runnable end) {
    this.of = of;
    this.arithmetic = arithmetic;
    this.memory = memory;
    this.copies = copies;
    this.end = end;
  }

  /**
   * The limits of a backend: of its OpenCL device, measured by kernels of its own, else of the
   * processor's {@code threads}.
   */
  public static Optional<Limits> of(Backend backend, int threads) {
    return backend instanceof OpenClBackend device
        ? Optional.of(
            new Limits("the device", device::fmaPeak, () -> Speed.stream(device, 0.5), 1, () -> {}))
        : ofProcessor(threads);
  }

  /** The processor's, warmed up; empty without the Vector API, in which its peak is measured. */
  public static Optional<Limits> ofProcessor(int threads) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return Optional.empty();
    }
    Workers workers = new Workers(threads);
    FmaPeak fma = new FmaPeak(workers);
    Limits limits =
        new Limits(
            workers.size() == 1 ? "1 thread" : workers.size() + " threads",
            () -> fma.measure(500),
            copying(workers),
            5,
            workers::close);
    limits.gigaflops = fma.measure(WARM_UP);
    return Optional.of(limits);
  }

  /**
   * Best rate of a few copies by all workers together, GB/s: bytes read and bytes written, as
   * STREAM counts them (McCalpin 1995).
   */
  private static DoubleSupplier copying(Workers workers) {
    float[] source = new float[ELEMENTS];
    float[] target = new float[ELEMENTS];
    Workers.Task copy =
        (index, worker) -> System.arraycopy(source, index * CHUNK, target, index * CHUNK, CHUNK);
    return () -> {
      long best = Long.MAX_VALUE;
      for (int i = 0; i < 5; i++) {
        long start = System.nanoTime();
        workers.run(ELEMENTS / CHUNK, copy);
        best = Math.min(best, System.nanoTime() - start);
      }
      return 2.0 * 4 * ELEMENTS / best;
    };
  }

  /** Highest rate of multiply-adds so far, GFLOP/s; takes a few hundredths of a second. */
  public double gigaflops() {
    gigaflops = Math.max(gigaflops, arithmetic.getAsDouble());
    return gigaflops;
  }

  /** Highest rate of main memory so far, GB/s read and written. */
  public double gigabytes() {
    gigabytes = Math.max(gigabytes, memory.getAsDouble());
    return gigabytes;
  }

  /**
   * Highest rates so far of arithmetic and of memory, measured several times, since another program
   * may hold a processor for a while. About a second.
   */
  public Roof roof() {
    for (int i = 0; i < 5; i++) {
      gigaflops();
      if (i < copies) {
        gigabytes();
      }
    }
    return new Roof(gigaflops, gigabytes);
  }

  /** What the rate of multiply-adds is one of, such as {@code 2 threads}. */
  public String of() {
    return of;
  }

  /** Ends the threads that measured; a device belongs to whoever opened it. */
  @Override
  public void close() {
    end.run();
  }
}
