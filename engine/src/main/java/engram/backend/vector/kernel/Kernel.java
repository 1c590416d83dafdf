package engram.backend.vector.kernel;

/** An operation bound to its shapes and storage. */
@FunctionalInterface
public interface Kernel {
  /** Computes the outputs from what the inputs hold now. Allocates nothing. */
  void run();
}
