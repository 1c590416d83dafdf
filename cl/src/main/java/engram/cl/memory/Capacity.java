package engram.cl.memory;

import java.util.NavigableSet;

/** Equal shares of a memory. */
final class Capacity {
  private Capacity() {}

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
