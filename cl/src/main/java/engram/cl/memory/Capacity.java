package engram.cl.memory;

import java.util.NavigableSet;

/** The rules that a memory's capacity keeps. */
final class Capacity {
  private Capacity() {}

  /** {@code images}, if it is a number of images that a memory can have. */
  static int require(int images) {
    if (images < 0) {
      throw new IllegalArgumentException(
          "memory capacity is %d images, must be 0 (no memory) or more".formatted(images));
    }
    return images;
  }

  /**
   * Images that a class may have when all share the capacity equally: capacity / classes, rounded
   * up for the lowest labels and down for the others, so that the shares sum to the capacity. A
   * share never grows when a class with a higher label comes.
   */
  static int share(int capacity, NavigableSet<Integer> classes, int label) {
    int rank = classes.headSet(label).size();
    return Math.ceilDiv(Math.max(0, capacity - rank), classes.size());
  }
}
