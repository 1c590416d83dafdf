package engram.random;

/**
 * Random numbers as a pure function of (seed, purpose, counter): no state to save, any number can
 * be drawn again, and neither threads nor the order of draws change a value.
 *
 * <p>The mixing function is the finaliser of SplitMix64 (Steele, Lea, Flood 2014; Stafford's
 * variant 13), applied once to the key and once to key + counter times the golden-ratio increment.
 */
public record CounterRandom(long key) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /**
   * The stream for one use of randomness.
   *
   * @param seed seed of the run
   * @param purpose what the numbers are for, such as {@code "shuffle"}: streams of different
   *     purposes are unrelated
   */
  public static CounterRandom of(long seed, String purpose) {
    long key = mix(seed + GOLDEN);
    for (int i = 0; i < purpose.length(); i++) {
      key = mix(key ^ (purpose.charAt(i) + GOLDEN));
    }
    return new CounterRandom(key);
  }

  /** A stream of its own for part {@code index} of this purpose, such as one epoch. */
  public CounterRandom split(long index) {
    return new CounterRandom(mix(key ^ mix(index + GOLDEN)));
  }

  /** 64 random bits. */
  public long bits(long counter) {
    return mix(key + (counter + 1) * GOLDEN);
  }

  /** Uniform in [0, 1), 24 random bits. */
  public float uniform(long counter) {
    return (bits(counter) >>> 40) * 0x1p-24f;
  }

  /** Uniform in [0, 1), 53 random bits. */
  public double uniformDouble(long counter) {
    return (bits(counter) >>> 11) * 0x1p-53;
  }

  /** Uniform in 0 .. bound - 1, by multiplication (bias below 2^-32 for any bound). */
  public int below(int bound, long counter) {
    return (int) Math.multiplyHigh(bits(counter) >>> 1, (long) bound << 1);
  }

  /** Standard normal, by Box and Muller from draws 2 * counter and 2 * counter + 1. */
  public double normal(long counter) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniformDouble(2 * counter)));
    return radius * StrictMath.cos(2 * Math.PI * uniformDouble(2 * counter + 1));
  }

  /** The numbers 0 .. size - 1 in random order (Fisher and Yates). */
  public int[] permutation(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = below(i + 1, i);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
