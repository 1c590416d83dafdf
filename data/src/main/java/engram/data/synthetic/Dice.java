package engram.data.synthetic;

import engram.random.SplitMix64;

/**
 * Random numbers named by a key: the same key gives the same numbers on every machine, thread and
 * JDK. The generator is {@link SplitMix64}; transcendental functions come from {@link StrictMath},
 * for {@link Math} may round differently when compiled.
 */
public final class Dice {

  private long state;

  private Dice(long state) {
    this.state = state;
  }

  /** Dice for {@code key}: a seed, then whatever tells this use of it from the others. */
  public static Dice of(long... key) {
    long state = 0;
    for (long part : key) {
      state = SplitMix64.first(state + part);
    }
    return new Dice(state);
  }

  public long bits() {
    state += SplitMix64.GOLDEN;
    return SplitMix64.mix(state);
  }

  /** Uniform in [0, 1). */
  public double unit() {
    return (bits() >>> 11) * 0x1p-53;
  }

  public double between(double low, double high) {
    return low + (high - low) * unit();
  }

  public boolean chance(double probability) {
    return unit() < probability;
  }

  /** A whole number in 0..{@code bound} - 1. */
  public int below(int bound) {
    return (int) (unit() * bound);
  }

  /** Bell-shaped with mean 0 and variance 1: a sum of four uniform numbers, within +-3.5. */
  public double bell() {
    return (unit() + unit() + unit() + unit() - 2) * 1.7320508075688772;
  }

  /** {@link #bell} in {@code float} from a single draw, for pixel noise. */
  float fastBell() {
    long b = bits();
    int sum =
        (int) (b & 0xFFFF)
            + (int) (b >>> 16 & 0xFFFF)
            + (int) (b >>> 32 & 0xFFFF)
            + (int) (b >>> 48);
    return (sum - 131070) * (1.7320508f / 65536);
  }

  /**
   * A positive number with this median; its logarithm is bell-shaped with deviation {@code spread}.
   */
  public double around(double median, double spread) {
    return median * StrictMath.exp(spread * bell());
  }

  /** The light of one of {@code colours}, 0xRRGGBB. */
  float[] colour(int... colours) {
    return Light.linearRgb(colours[below(colours.length)]);
  }
}
