package engram.backend.vector.norm;

/**
 * Rows of channels as loops of vector code want them: so many rows at once that they fill whole
 * vectors of any width, and enough of them.
 *
 * @param channels in a row
 * @param length elements of a pattern, a multiple of the channels
 */
public record ChannelPattern(int channels, int length) {
  /** Floats in the widest vector. */
  private static final int WIDEST = 16;

  /** Length from which a loop is long enough. */
  private static final int LONG = 256;

  /** Elements that one task takes: few enough for the second-level cache. */
  private static final int ELEMENTS_PER_PART = 16 * 1024;

  /** The pattern of rows of so many channels. */
  public static ChannelPattern of(int channels) {
    int whole = channels;
    while (whole < LONG && whole % WIDEST != 0) {
      whole += channels;
    }
    return new ChannelPattern(channels, whole * Math.max(1, LONG / whole));
  }

  /** Rows of a part, in which sums are taken in float. */
  public int rowsPerPart() {
    return Math.max(1, ELEMENTS_PER_PART / channels);
  }

  /** Adds the copies of each channel, in order. */
  void fold(float[] copies, int at, float[] sums, int sumsAt) {
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int i = c; i < length; i += channels) {
        sum += copies[at + i];
      }
      sums[sumsAt + c] = (float) sum;
    }
  }

  /** Sets all copies of a channel. */
  public void set(float[] copies, int at, int channel, float value) {
    for (int i = channel; i < length; i += channels) {
      copies[at + i] = value;
    }
  }
}
