package engram.data.compress;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Tells whole numbers bit by bit, the highest bits of all of them first, so that a code may end
 * anywhere (Shapiro 1993, embedded zerotrees). A coefficient is known once its first bit that is
 * one was told. In each plane of bits those come first that have known neighbours, for they are the
 * likeliest to become so; then further bits of those that were known before; then the rest (Taubman
 * 2000, EBCOT). Each of the three goes from low frequencies to high ones.
 *
 * <p>A first bit has a chance that is learnt for its count of known {@link Neighbours}, apart for
 * the first channel and the others; signs and further bits are ones as often as zeros.
 */
final class BitPlanes {
  private static final int HIGHEST_PLANE = 30;
  private static final int BITS_OF_A_PLANE = 5;

  /** Where between its bounds a coefficient lies, as measured: just known, or known for longer. */
  private static final double JUST_KNOWN = 0.42;

  private static final double KNOWN_BEFORE = 0.45;

  private final int channels;
  private final int[] order;
  private final int[] nothing;
  private final Neighbours neighbours;
  private final Chances chances = new Chances(2 * (Neighbours.MOST + 1));

  /** Of each coefficient what was told, with its sign, and the plane of the last bit told. */
  private final int[] told;

  private final int[] last;

  /** For coefficients of [height, width, channels]. */
  BitPlanes(int height, int width, int channels) {
    this.channels = channels;
    order = order(height, width, channels);
    nothing = new int[order.length];
    told = new int[order.length];
    last = new int[order.length];
    neighbours = new Neighbours(height, width, channels);
  }

  /** From low frequencies to high ones: cycles for each pixel, down and across together. */
  private static int[] order(int height, int width, int channels) {
    Comparator<Integer> byFrequency =
        Comparator.comparingLong(
            i -> {
              long down = (long) (i / channels / width) * width;
              long across = (long) (i / channels % width) * height;
              return down * down + across * across;
            });
    return IntStream.range(0, height * width * channels)
        .boxed()
        .sorted(byFrequency.thenComparingInt(i -> i % channels))
        .mapToInt(i -> i)
        .toArray();
  }

  /** Tells coefficients, each less than 2^31 from zero, until the encoder is full. */
  void write(int[] coefficients, RangeEncoder encoder) {
    walk(encoder, coefficients);
  }

  /** What a decoder knows about coefficients: each about in the middle of what it may be. */
  void read(RangeDecoder decoder, double[] coefficients) {
    walk(decoder, nothing);
    for (int i = 0; i < coefficients.length; i++) {
      int least = Math.abs(told[i]);
      int unit = 1 << last[i];
      double share = last[i] == 0 ? 0 : least == unit ? JUST_KNOWN : KNOWN_BEFORE;
      coefficients[i] = Integer.signum(told[i]) * (least + share * unit);
    }
  }

  /**
   * Tells or is told.
   *
   * @param goal the coefficients, for an encoder
   */
  private void walk(RangeCoder coder, int[] goal) {
    Arrays.fill(told, 0);
    Arrays.fill(last, HIGHEST_PLANE + 1);
    neighbours.clear();
    for (int count = 0; count <= Neighbours.MOST; count++) {
      double one = Math.min(0.5, 0.03 + 0.05 * count);
      chances.expect(2 * count, one);
      chances.expect(2 * count + 1, one);
    }
    for (int plane = topPlane(coder, goal); plane >= 0; plane--) {
      if (!firstBits(coder, goal, plane, 1)
          || !furtherBits(coder, goal, plane)
          || !firstBits(coder, goal, plane, 0)) {
        return;
      }
    }
  }

  /** The plane of the highest bit of all; -1 where the bytes end. */
  private static int topPlane(RangeCoder coder, int[] goal) {
    int all = 1;
    for (int value : goal) {
      all |= Math.abs(value);
    }
    int highest = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(all);
    int plane = 0;
    for (int shift = BITS_OF_A_PLANE - 1; shift >= 0; shift--) {
      int bit = coder.next(highest >> shift & 1);
      if (bit == RangeCoder.END) {
        return -1;
      }
      plane = 2 * plane + bit;
    }
    return Math.min(plane, HIGHEST_PLANE);
  }

  /**
   * The bits of coefficients that are not known and have so many known neighbours, with the sign
   * where the bit is one.
   *
   * @return whether there is room for more
   */
  private boolean firstBits(RangeCoder coder, int[] goal, int plane, int fewestNeighbours) {
    for (int i : order) {
      if (told[i] == 0 && last[i] > plane && neighbours.of(i) >= fewestNeighbours) {
        int context = 2 * neighbours.of(i) + (i % channels == 0 ? 0 : 1);
        int bit = chances.next(coder, context, Math.abs(goal[i]) >> plane & 1);
        int negative = bit == 1 ? coder.next(goal[i] < 0 ? 1 : 0) : 0;
        if (bit == RangeCoder.END || negative == RangeCoder.END) {
          return false;
        }
        last[i] = plane;
        if (bit == 1) {
          told[i] = negative == 1 ? -(1 << plane) : 1 << plane;
          neighbours.add(i);
        }
      }
    }
    return true;
  }

  /** The bits of coefficients that were known before this plane. */
  private boolean furtherBits(RangeCoder coder, int[] goal, int plane) {
    for (int i : order) {
      if (told[i] != 0 && last[i] > plane) {
        int bit = coder.next(Math.abs(goal[i]) >> plane & 1);
        if (bit == RangeCoder.END) {
          return false;
        }
        last[i] = plane;
        told[i] += Integer.signum(told[i]) * (bit << plane);
      }
    }
    return true;
  }
}
