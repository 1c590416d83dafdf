package engram.backend;

import java.util.List;

/** An op bound to its operands. Running it allocates nothing. */
@FunctionalInterface
public interface Kernel {
  void run();

  /** What one run starts on the device, one after the other; itself where there is no device. */
  default List<Kernel> launches() {
    return List.of(this);
  }
}
