package engram.data.compress;

import java.util.Arrays;

/** Writes bits into a place of fixed size; what comes when it is full is left out. */
final class RangeEncoder implements RangeCoder {
  private final byte[] code;
  private final int end;
  private int at;
  private int low;
  private int high = -1;

  /** Writes into {@code size} bytes of {@code code}. */
  RangeEncoder(byte[] code, int from, int size) {
    this.code = code;
    at = from;
    end = from + size;
  }

  @Override
  public int next(int zero, int bit) {
    if (at == end) {
      return END;
    }
    int lowerEnd = RangeCoder.lowerEnd(low, high, zero);
    if (bit == 0) {
      high = lowerEnd;
    } else {
      low = lowerEnd + 1;
    }
    while (RangeCoder.sameByte(low, high)) {
      put();
      high = high << 8 | 0xFF;
    }
    return bit;
  }

  /** Fills what is left, so that all bits are settled that there is room for. */
  void finish() {
    for (int i = 0; i < Integer.BYTES; i++) {
      put();
    }
    Arrays.fill(code, at, end, (byte) 0);
  }

  private void put() {
    if (at < end) {
      code[at++] = (byte) (low >>> 24);
    }
    low <<= 8;
  }
}
