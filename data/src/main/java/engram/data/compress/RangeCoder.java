package engram.data.compress;

/**
 * Codes bits as a part of the interval of all codes: each bit leaves the lower or the upper part,
 * as large as it is likely (Rissanen 1976, Martin 1979). An encoder is told the bit and a decoder
 * tells it, so that one walk over what is coded serves both.
 */
sealed interface RangeCoder permits RangeEncoder, RangeDecoder {
  /** In place of a bit: the bytes end here. */
  int END = -1;

  /** A chance is a number of 2^-16. */
  int CHANCE_BITS = 16;

  int EVEN = 1 << (CHANCE_BITS - 1);

  /**
   * The next bit.
   *
   * @param zero chance that it is 0, above 0 and below 2^16
   * @param bit what an encoder shall write; a decoder does not look at it
   * @return the bit, or {@link #END}
   */
  int next(int zero, int bit);

  /** The next bit, when 0 is as likely as 1. */
  default int next(int bit) {
    return next(EVEN, bit);
  }

  /**
   * The last code of the lower part of {@code low} .. {@code high}, unsigned numbers. Both parts
   * hold at least one code, since {@code low < high}.
   */
  static int lowerEnd(int low, int high, int zero) {
    return low + (int) (Integer.toUnsignedLong(high - low) * zero >>> CHANCE_BITS);
  }

  /** Whether all codes of {@code low} .. {@code high} begin with the same byte. */
  static boolean sameByte(int low, int high) {
    return (low ^ high) >>> 24 == 0;
  }
}
