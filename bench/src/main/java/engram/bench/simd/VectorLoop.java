package engram.bench.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** A simple loop of the Vector API: eight chains of multiply-adds over numbers in the cache. */
final class VectorLoop {
  static final int STEPS = 8;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private VectorLoop() {}

  /** Width of its vectors. */
  static int bits() {
    return SPECIES.vectorBitSize();
  }

  /** Adds to each of eight sums the products of a thousand pairs, times eight. */
  static void run(float[] x, float[] y) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
    for (int i = 0; i < PlainLoop.NUMBERS; i += SPECIES.length()) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i);
      s0 = s0.fma(half, v);
      s1 = s1.fma(half, v);
      s2 = s2.fma(half, v);
      s3 = s3.fma(half, v);
      s4 = s4.fma(half, v);
      s5 = s5.fma(half, v);
      s6 = s6.fma(half, v);
      s7 = s7.fma(half, v);
    }
    s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7))).intoArray(y, 0);
  }
}
