package engram.nn.doctor;

import java.util.BitSet;
import java.util.Optional;

/** Which classes were ever a label. */
final class Labels {
  private final BitSet seen = new BitSet();

  void see(float[] labels) {
    for (float label : labels) {
      if (label >= 0) {
        seen.set((int) label);
      }
    }
  }

  /** A class from {@code first} on that was no label; nothing if no label was seen at all. */
  Optional<Finding> missing(int first, int classes) {
    int empty = seen.nextClearBit(first);
    if (seen.isEmpty() || empty >= classes) {
      return Optional.empty();
    }
    int count = 0;
    for (int k = empty; k < classes; k = seen.nextClearBit(k + 1)) {
      count++;
    }
    return Optional.of(
        new Finding(
            "empty-class",
            "labels",
            "class %d has no example, and %s."
                .formatted(empty, count == 1 ? "all others have" : (count - 1) + " others neither"),
            "Give the last layer as many outputs as there are classes, or look for what lost the"
                + " examples."));
  }
}
