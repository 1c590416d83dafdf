package engram.data;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Damaged pictures that were left out. Several threads may add to it. */
public final class LeftOut {

  /** Pictures that are named one by one. */
  private static final int MAX_NAMED = 5;

  private final SortedMap<String, String> reasons =
      Collections.synchronizedSortedMap(new TreeMap<>());

  /**
   * Notes a picture.
   *
   * @param name by which pictures are ordered
   * @param reason its first line is for people
   */
  public void add(String name, DataException reason) {
    reasons.put(name, String.valueOf(reason.getMessage()).lines().findFirst().orElse(""));
  }

  /** How many there are. */
  public int count() {
    return reasons.size();
  }

  /** Why the first of them could not be read. */
  public String firstReason() {
    return reasons.sequencedValues().getFirst();
  }

  /** By which name the first of them was added. */
  public String firstName() {
    return reasons.firstKey();
  }

  /** A line on each of the first few, and one on how many there are, if any. */
  public void tell(Consumer<String> notice) {
    reasons.values().stream().limit(MAX_NAMED).forEach(notice);
    if (count() > 0) {
      notice.accept("%s left out".formatted(counted()));
    }
  }

  /** What follows in the description of a data set; empty if all were whole. */
  public String inDescription() {
    return count() == 0 ? "" : ", without " + counted();
  }

  private String counted() {
    return "%,d damaged %s".formatted(count(), count() == 1 ? "picture" : "pictures");
  }
}
