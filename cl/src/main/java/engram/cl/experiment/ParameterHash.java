package engram.cl.experiment;

import engram.backend.Buffer;

/**
 * A number that stands for all parameters of a network, bit for bit: two networks that differ have,
 * but for a chance of one in 2^64, two numbers.
 */
final class ParameterHash {
  private static final long ODD = 0x9E3779B97F4A7C15L;
  private static final long TWICE = 0x3C6EF372FE94F82AL;

  private float[] values = {};

  /**
   * The sum over i of {@code (2 i + 1) ODD bits[i]} modulo 2^64, mixed (a linear hash, whose terms
   * may be computed in any order).
   */
  long of(Buffer parameters) {
    if (values.length != parameters.elements()) {
      values = new float[parameters.elements()];
    }
    parameters.read(0, values, 0, values.length);
    long sum = 0;
    long factor = ODD;
    for (float value : values) {
      sum += factor * (Float.floatToRawIntBits(value) ^ ODD);
      factor += TWICE;
    }
    return mixed(sum);
  }

  /** SplitMix64's last step: all bits of the sum have a part in all bits of the hash. */
  private static long mixed(long sum) {
    long z = (sum ^ (sum >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
