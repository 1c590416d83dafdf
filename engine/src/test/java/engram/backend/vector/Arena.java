package engram.backend.vector;

import engram.backend.vector.run.HostBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Storage for a test: inputs and outputs lie in one array at unaligned offsets, with guard zones
 * between them; guards and outputs start as NaN.
 */
public final class Arena {
  private static final int GUARD = 67;

  private final float[] array;
  private final List<int[]> used = new ArrayList<>();
  private int next = GUARD;

  public Arena(int... lengths) {
    array = new float[GUARD + Arrays.stream(lengths).map(n -> n + GUARD).sum()];
    Arrays.fill(array, Float.NaN);
  }

  public HostBuffer input(float[] values) {
    HostBuffer buffer = output(values.length);
    System.arraycopy(values, 0, array, buffer.offset(), values.length);
    return buffer;
  }

  public HostBuffer output(int length) {
    HostBuffer buffer = new HostBuffer(array, next, length);
    used.add(new int[] {next, next + length});
    next += length + GUARD;
    return buffer;
  }

  public static float[] read(HostBuffer buffer, int length) {
    return Arrays.copyOfRange(buffer.data(), buffer.offset(), buffer.offset() + length);
  }

  /** Fails when a float outside the inputs and outputs was written. */
  public void checkGuards() {
    int from = 0;
    for (int[] range : used) {
      checkGuard(from, range[0]);
      from = range[1];
    }
    checkGuard(from, array.length);
  }

  private void checkGuard(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Float.isNaN(array[i])) {
        throw new AssertionError("guard at " + i + " was overwritten with " + array[i]);
      }
    }
  }

  public static float[] random(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }
}
