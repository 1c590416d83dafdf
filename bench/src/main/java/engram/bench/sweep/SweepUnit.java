package engram.bench.sweep;

import java.util.SequencedMap;
import java.util.SortedMap;

/**
 * One strategy with one seed and one setting: what a machine does at a time.
 *
 * @param hash names its folder: see {@link UnitHash}
 * @param strategy as {@code --strategies} takes it
 * @param varied options of the grid, with the values that this unit has, in the order of the plan
 * @param texts every option of its run but {@code threads}, which decides no result
 */
public record SweepUnit(
    String hash,
    String strategy,
    long seed,
    SequencedMap<String, String> varied,
    SortedMap<String, String> texts) {

  /** What tells it from the others of its plan: {@code er seed 3 buffer 500 lr 0.01}. */
  public String label() {
    StringBuilder label = new StringBuilder(strategy + "  seed " + seed);
    varied.forEach((option, value) -> label.append("  ").append(option).append(' ').append(value));
    return label.toString();
  }
}
