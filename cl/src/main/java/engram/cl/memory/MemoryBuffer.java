package engram.cl.memory;

import engram.cl.task.Examples;
import java.util.function.Function;

/** A rehearsal memory: a few images of past tasks. What to keep is the implementation's rule. */
public interface MemoryBuffer {

  /** The most images that it ever holds after an offer; 0 is a memory that stays empty. */
  default int capacity() {
    return stored().capacity();
  }

  /** The images held now. */
  StoredImages stored();

  /**
   * Shows it images of a stream, in order; it copies those that it keeps.
   *
   * @param features what the network makes of examples, one row each; only a memory that chooses by
   *     features asks
   */
  void offer(Examples stream, Function<Examples, float[][]> features);
}
