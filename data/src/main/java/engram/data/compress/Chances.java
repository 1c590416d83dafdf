package engram.data.compress;

/**
 * How likely the next bit is 0 in each context, learnt as bits come. What is expected at first
 * weighs like ten bits, and bits that are long ago are forgotten.
 */
final class Chances {
  private static final int CERTAIN = 1 << RangeCoder.CHANCE_BITS;

  /** No chance comes nearer to 0 or 1. */
  private static final int LEAST = 16;

  private static final int FIRST_WEIGHT = 10;
  private static final int LAST_WEIGHT = 49;

  private final int[] zero;
  private final int[] weight;

  Chances(int contexts) {
    zero = new int[contexts];
    weight = new int[contexts];
  }

  /** Forgets what was learnt in a context. */
  void expect(int context, double one) {
    zero[context] = (int) (CERTAIN * (1 - one));
    weight[context] = FIRST_WEIGHT;
  }

  /** Codes a bit as {@link RangeCoder#next} does, and learns from it. */
  int next(RangeCoder coder, int context, int goal) {
    int bit = coder.next(zero[context], goal);
    if (bit != RangeCoder.END) {
      int target = bit == 0 ? CERTAIN - LEAST : LEAST;
      zero[context] += (target - zero[context]) / weight[context];
      weight[context] = Math.min(LAST_WEIGHT, weight[context] + 1);
    }
    return bit;
  }
}
