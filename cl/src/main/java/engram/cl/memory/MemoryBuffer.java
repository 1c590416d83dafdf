package engram.cl.memory;

import engram.cl.task.Examples;
import java.util.NavigableSet;
import java.util.function.Function;

/** A rehearsal memory: a few images of past tasks. What to keep is the implementation's rule. */
public abstract class MemoryBuffer {
  final StoredImages stored;

  /**
   * An empty memory.
   *
   * @param capacity the most images that it holds after an offer
   * @param imageBytes bytes of an image: height x width x channels
   */
  MemoryBuffer(int capacity, int imageBytes) {
    stored = new StoredImages(capacity, imageBytes);
  }

  /** The most images that it ever holds after an offer; 0 is a memory that stays empty. */
  public final int capacity() {
    return stored.capacity();
  }

  /**
   * Images that a class may have when all share the capacity equally: capacity / classes, rounded
   * up for the lowest labels and down for the others, so that the shares sum to the capacity. A
   * share never grows when a class with a higher label comes.
   */
  final int share(NavigableSet<Integer> classes, int label) {
    int rank = classes.headSet(label).size();
    return Math.ceilDiv(Math.max(0, capacity() - rank), classes.size());
  }

  /** The images held now. */
  public final StoredImages stored() {
    return stored;
  }

  /**
   * Shows it images of a stream, in order; it copies those that it keeps.
   *
   * @param features what the network makes of examples, one row each; only a memory that chooses by
   *     features asks
   */
  public abstract void offer(Examples stream, Function<Examples, float[][]> features);
}
