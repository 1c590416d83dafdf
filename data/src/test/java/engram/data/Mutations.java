package engram.data;

import java.util.Arrays;
import java.util.Random;

/** Damages bytes in the ways that disks, networks and editors do. */
public final class Mutations {

  private Mutations() {}

  /** A copy of {@code bytes} with one to three faults in it. */
  public static byte[] mutate(byte[] bytes, Random random) {
    byte[] mutant = bytes.clone();
    for (int faults = 1 + random.nextInt(3); faults > 0 && mutant.length > 1; faults--) {
      int at = random.nextInt(mutant.length);
      switch (random.nextInt(5)) {
        case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutant[at] = (byte) random.nextInt(256);
        case 2 -> mutant = Arrays.copyOf(mutant, at);
        case 3 -> mutant = Arrays.copyOf(mutant, mutant.length + random.nextInt(5));
        default -> {
          int from = random.nextInt(mutant.length);
          int length = Math.min(random.nextInt(8), mutant.length - Math.max(at, from));
          System.arraycopy(mutant, from, mutant, at, length);
        }
      }
    }
    return mutant;
  }
}
