package engram.data.compress;

/**
 * Reads the bits that bytes settle: those that are the same whatever might follow the last byte. So
 * it ends where the encoder was full, not one bit later.
 */
final class RangeDecoder implements RangeCoder {
  private final byte[] code;
  private final int end;
  private int at;
  private int low;
  private int high = -1;

  /** The code if nothing but zeros follows, and if nothing but ones. */
  private int least;

  private int most;

  /** Reads {@code size} bytes of {@code code}. */
  RangeDecoder(byte[] code, int from, int size) {
    this.code = code;
    at = from;
    end = from + size;
    for (int i = 0; i < Integer.BYTES; i++) {
      take();
    }
  }

  @Override
  public int next(int zero, int ignored) {
    int lowerEnd = RangeCoder.lowerEnd(low, high, zero);
    int bit = isAbove(least, lowerEnd);
    if (bit != isAbove(most, lowerEnd)) {
      return END;
    }
    if (bit == 0) {
      high = lowerEnd;
    } else {
      low = lowerEnd + 1;
    }
    while (RangeCoder.sameByte(low, high)) {
      low <<= 8;
      high = high << 8 | 0xFF;
      take();
    }
    return bit;
  }

  private static int isAbove(int value, int bound) {
    return Integer.compareUnsigned(value, bound) > 0 ? 1 : 0;
  }

  private void take() {
    boolean more = at < end;
    int first = more ? Byte.toUnsignedInt(code[at++]) : 0;
    least = least << 8 | first;
    most = most << 8 | (more ? first : 0xFF);
  }
}
