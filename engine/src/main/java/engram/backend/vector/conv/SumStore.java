package engram.backend.vector.conv;

/** Where a {@link ConvolutionSum} leaves its sums. */
interface SumStore {
  /** Reads what may have changed since the last run. */
  default void prepare() {}

  /** Whether sums are stored as they are and side by side, so that a tile may write them itself. */
  boolean isPlain();

  /** The array that holds the output. */
  float[] array();

  /** Where in {@link #array} the sums of an output row begin, if they are stored plainly. */
  int plainAt(int image, int row);

  /**
   * Stores some channels of a band of rows.
   *
   * @param sums {@code [rows, columns, step]}
   * @param step floats between pixels: the output channels padded to whole vectors
   * @param first first channel, a multiple of the lanes
   * @param end channel after the last; those past the last output are left out
   */
  void store(float[] sums, int sumsAt, int step, int image, int row, int rows, int first, int end);
}
