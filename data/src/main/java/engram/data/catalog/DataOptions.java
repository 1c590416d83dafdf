package engram.data.catalog;

/**
 * What a person may want of any data set.
 *
 * @param side rows and columns that images are resized to; 0 leaves their size as it is
 * @param pad black pixels added on each side after that
 * @param cropToSign whether GTSRB's photographs are cut to the sign's bounding box
 * @param skipBad whether damaged pictures among many are left out and counted
 */
public record DataOptions(int side, int pad, boolean cropToSign, boolean skipBad) {

  /** Everything as it comes. */
  public static final DataOptions NONE = new DataOptions(0, 0, false, false);

  /** Bound on the side, and on the pixels added. */
  public static final int MAX_SIDE = 1024;

  public DataOptions {
    if (side < 0 || side > MAX_SIDE || pad < 0 || pad > MAX_SIDE) {
      throw new IllegalArgumentException(
          "side is %d and pad is %d, expected 0 to %d".formatted(side, pad, MAX_SIDE));
    }
  }
}
