package engram.backend.vector.tile;

/**
 * A patch tile for pixels that are neighbours in a row, under a kernel of {@code taps()} columns
 * with stride 1: an input lies under as many pixels, so that it is broadcast once where a {@link
 * PatchTile} of the same size has to do it for each of them. That matters where the output channels
 * are one or two vectors. The terms of a row are added channel by channel, not column by column.
 *
 * <p>{@code run} expects {@code length} to be the taps times the channels, and reads the place of
 * the first pixel only.
 */
public interface SlidingTile extends PatchTile {
  /** Columns of the kernel. */
  int taps();
}
