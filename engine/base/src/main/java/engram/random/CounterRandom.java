package engram.random;

import static engram.random.SplitMix64.GOLDEN;
import static engram.random.SplitMix64.first;
import static engram.random.SplitMix64.mix;

/**
 * Random numbers as a pure function of (seed, purpose, counter): no state to save, any number can
 * be drawn again, and neither threads nor the order of draws change a value.
 *
 * <p>Draw {@code counter} of a stream is that draw of {@link SplitMix64} with {@code key} as seed.
 */
public record CounterRandom(long key) {
  /**
   * The stream for one use of randomness.
   *
   * @param seed seed of the run
   * @param purpose what the numbers are for, such as {@code "shuffle"}: streams of different
   *     purposes are unrelated
   */
  public static CounterRandom of(long seed, String purpose) {
    long key = first(seed);
    for (int i = 0; i < purpose.length(); i++) {
      key = mix(key ^ (purpose.charAt(i) + GOLDEN));
    }
    return new CounterRandom(key);
  }

  /** A stream of its own for part {@code index} of this purpose, such as one epoch. */
  public CounterRandom split(long index) {
    return new CounterRandom(mix(key ^ first(index)));
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
}
