package engram.data.compress;

import java.util.Arrays;

/**
 * Counts of each coefficient the neighbours that are known: those of nearly its frequency and those
 * of its frequency in other channels.
 */
final class Neighbours {
  /** The largest count: more make no difference. */
  static final int MOST = 11;

  private static final int BESIDE = 2;
  private static final int FARTHER = 1;

  private final int height;
  private final int width;
  private final int channels;
  private final int[] counts;

  /** For coefficients of [height, width, channels]. */
  Neighbours(int height, int width, int channels) {
    this.height = height;
    this.width = width;
    this.channels = channels;
    counts = new int[height * width * channels];
  }

  /** No coefficient is known. */
  void clear() {
    Arrays.fill(counts, 0);
  }

  /** How much of what lies around a coefficient is known, 0 to {@link #MOST}. */
  int of(int coefficient) {
    return Math.min(MOST, counts[coefficient]);
  }

  /** A coefficient is known now: up to two steps away, one along each axis or two along one. */
  void add(int coefficient) {
    int row = coefficient / channels / width;
    int column = coefficient / channels % width;
    for (int down = -2; down <= 2; down++) {
      int reach = 2 - Math.abs(down);
      for (int across = -reach; across <= reach; across++) {
        if (inside(row + down, height) && inside(column + across, width)) {
          boolean beside = Math.abs(down) + Math.abs(across) == 1;
          counts[coefficient + (down * width + across) * channels] += beside ? BESIDE : FARTHER;
        }
      }
    }
    int pixel = coefficient - coefficient % channels;
    for (int channel = 0; channel < channels; channel++) {
      counts[pixel + channel] += BESIDE;
    }
  }

  private static boolean inside(int place, int length) {
    return place >= 0 && place < length;
  }
}
