package engram.backend.vector.conv;

/**
 * One dimension of one phase of a {@link PhaseSum}: of the gradient's pixels {@code s i + first}.
 *
 * @param first first pixel of dx
 * @param pixels pixels of dx
 * @param taps kernel rows that they meet
 * @param lastTap the last of them, which the first row of a patch meets; the others come in steps
 *     of {@code -s}
 * @param halo zero rows before dy; negative where the first patch begins inside
 */
record Phase(int first, int pixels, int taps, int lastTap, int halo) {
  /**
   * The phase of pixels {@code first, first + s, ...}.
   *
   * @param size pixels of dx
   * @param kernel kernel rows
   */
  static Phase of(int first, int size, int kernel, int stride, int padding) {
    int firstTap = (first + padding) % stride;
    int taps = Math.max(0, (kernel - firstTap + stride - 1) / stride);
    int lastTap = firstTap + stride * (taps - 1);
    // dy's row under the first pixel and the first tap; the last tap lies taps - 1 rows above it.
    int row = (first + padding - firstTap) / stride;
    int pixels = (size - first + stride - 1) / stride;
    return new Phase(first, pixels, taps, lastTap, taps - 1 - row);
  }

  /** Pixels of dy with their halo that a row of patches spans. */
  int width() {
    return pixels + taps - 1;
  }
}
