package engram.random;

/**
 * The random number generator SplitMix64 (Steele, Lea and Flood, 2014, with Stafford's mixing
 * variant 13): draw n of a seed is {@code mix(seed + (n + 1) * GOLDEN)}.
 */
public final class SplitMix64 {

  /** What the state grows by from draw to draw: 2^64 divided by the golden ratio, odd. */
  public static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private SplitMix64() {}

  /** A bijection of 64-bit numbers that looks random; 0 goes to 0. */
  public static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The first draw of {@code seed}: a bijection in it. */
  public static long first(long seed) {
    return mix(seed + GOLDEN);
  }
}
