package engram.bench.measure;

import engram.backend.Backend;
import engram.backend.opencl.OpenClBackend;
import java.util.Optional;

/**
 * Measures the limits of what computes, in this process. Clock speeds wander, so measure often
 * beside what is compared; the highest rates seen so far are kept.
 */
public interface Limits extends AutoCloseable {
  /** Highest rate of multiply-adds so far, GFLOP/s; takes a few hundredths of a second. */
  double gigaflops();

  /** Highest rates so far of arithmetic and of memory, measured several times. About a second. */
  Roof roof();

  /** What the rate of multiply-adds is one of, such as {@code 2 threads}. */
  String of();

  @Override
  void close();

  /**
   * The limits of a backend: of its OpenCL device, else of the processor's {@code threads}; empty
   * for a processor without the Vector API, in which its peak is measured.
   */
  static Optional<? extends Limits> of(Backend backend, int threads) {
    return backend instanceof OpenClBackend device
        ? Optional.of(new DeviceLimits(device))
        : PeakMeter.open(threads);
  }
}
