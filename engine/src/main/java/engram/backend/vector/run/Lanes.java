package engram.backend.vector.run;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width of this process: the widest the processor has, or the one forced by the system
 * property {@code engram.vector.bits} (128, 256 or 512). A constant, so that C2 can compile vectors
 * to registers; another width needs another process.
 */
public final class Lanes {
  /** Property that forces a width in bits. */
  public static final String BITS_PROPERTY = "engram.vector.bits";

  /** The species of every kernel. */
  public static final VectorSpecies<Float> SPECIES = choose();

  /** Floats in one vector. */
  public static final int COUNT = SPECIES.length();

  private Lanes() {}

  /** Width of the vectors in bits: 128, 256 or 512. */
  public static int bits() {
    return SPECIES.vectorBitSize();
  }

  /** {@code n} rounded up to a multiple of {@code step}. */
  public static int roundUp(int n, int step) {
    return ceilDiv(n, step) * step;
  }

  public static int ceilDiv(int n, int step) {
    return (n + step - 1) / step;
  }

  private static VectorSpecies<Float> choose() {
    String bits = System.getProperty(BITS_PROPERTY, "");
    return switch (bits) {
      case "" ->
          FloatVector.SPECIES_PREFERRED.vectorBitSize() < 128
              ? FloatVector.SPECIES_128
              : FloatVector.SPECIES_PREFERRED;
      case "128" -> FloatVector.SPECIES_128;
      case "256" -> FloatVector.SPECIES_256;
      case "512" -> FloatVector.SPECIES_512;
      default ->
          throw new IllegalArgumentException(
              BITS_PROPERTY + " is \"" + bits + "\", expected 128, 256 or 512");
    };
  }
}
