package engram.backend;

/** An op bound to its operands. Running it allocates nothing. */
@FunctionalInterface
public interface Kernel {
  void run();
}
