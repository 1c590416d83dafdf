package engram.backend;

/** An op bound to its operands. Running it allocates nothing. */
@FunctionalInterface
public interface Kernel {
  void run();

  /** Kernels of the device that one run starts; 1 where there is no such device. */
  default int launches() {
    return 1;
  }
}
