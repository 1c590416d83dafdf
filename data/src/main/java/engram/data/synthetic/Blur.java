package engram.data.synthetic;

import java.util.Arrays;

/**
 * Blurs planes of {@link FrameRenderer#SIZE} squared, in place; edges repeat outwards. A blur is a
 * list of taps, each a shift and a weight, and every tap is one pass that the compiler vectorises.
 */
final class Blur {

  private static final int SIZE = FrameRenderer.SIZE;
  private static final int REACH = 8;
  private static final int WIDE = SIZE + 2 * REACH;

  /** Motion shorter than this, in pixels, is no blur to speak of. */
  private static final float LEAST_MOTION = 0.4f;

  private final float[] padded = new float[WIDE * WIDE];
  private final float[] sum = new float[SIZE * SIZE];

  /** Weight of each shift, row by row, from -REACH to REACH both ways. */
  private final float[] taps = new float[(2 * REACH + 1) * (2 * REACH + 1)];

  /** Out-of-focus blur, cut at three sigma. */
  void gaussian(float[] planes, float sigma) {
    int reach = Math.clamp((int) (3 * sigma + 0.5f), 1, REACH);
    float[] weights = new float[reach + 1];
    double total = 0;
    for (int i = 0; i <= reach; i++) {
      weights[i] = (float) StrictMath.exp(-0.5 * i * i / ((double) sigma * sigma));
      total += i == 0 ? weights[i] : 2 * weights[i];
    }
    for (int axis = 0; axis < 2; axis++) {
      clear();
      for (int i = -reach; i <= reach; i++) {
        float weight = (float) (weights[Math.abs(i)] / total);
        if (axis == 0) {
          tap(i, 0, weight);
        } else {
          tap(0, i, weight);
        }
      }
      apply(planes);
    }
  }

  /** Blur by motion along a vector in pixels. */
  void motion(float[] planes, float dx, float dy) {
    float length = (float) Math.sqrt(dx * dx + dy * dy);
    if (length < LEAST_MOTION) {
      return;
    }
    clear();
    int samples = 2 + (int) Math.min(2 * REACH, length);
    float shrink = Math.min(1, 2 * (REACH - 1) / length);
    for (int i = 0; i < samples; i++) {
      float along = (i / (samples - 1f) - 0.5f) * shrink;
      addBetweenPixels(along * dx, along * dy, 1f / samples);
    }
    apply(planes);
  }

  /** A tap at a fraction of a pixel, shared by its four neighbours. */
  private void addBetweenPixels(float x, float y, float weight) {
    int left = (int) (x + REACH) - REACH;
    int top = (int) (y + REACH) - REACH;
    float fx = x - left;
    float fy = y - top;
    tap(left, top, (1 - fx) * (1 - fy) * weight);
    tap(left + 1, top, fx * (1 - fy) * weight);
    tap(left, top + 1, (1 - fx) * fy * weight);
    tap(left + 1, top + 1, fx * fy * weight);
  }

  private void clear() {
    Arrays.fill(taps, 0);
  }

  private void tap(int dx, int dy, float weight) {
    taps[(dy + REACH) * (2 * REACH + 1) + dx + REACH] += weight;
  }

  private void apply(float[] planes) {
    for (int start = 0; start < planes.length; start += SIZE * SIZE) {
      pad(planes, start);
      Arrays.fill(sum, 0);
      for (int i = 0; i < taps.length; i++) {
        if (taps[i] != 0) {
          addShifted(i / (2 * REACH + 1) * WIDE + i % (2 * REACH + 1), taps[i]);
        }
      }
      System.arraycopy(sum, 0, planes, start, SIZE * SIZE);
    }
  }

  private void addShifted(int shift, float weight) {
    for (int y = 0; y < SIZE; y++) {
      int from = shift + y * WIDE;
      int to = y * SIZE;
      for (int x = 0; x < SIZE; x++) {
        sum[to + x] += weight * padded[from + x];
      }
    }
  }

  private void pad(float[] planes, int start) {
    for (int y = 0; y < WIDE; y++) {
      int from = start + Math.clamp(y - REACH, 0, SIZE - 1) * SIZE;
      int to = y * WIDE;
      Arrays.fill(padded, to, to + REACH, planes[from]);
      System.arraycopy(planes, from, padded, to + REACH, SIZE);
      Arrays.fill(padded, to + REACH + SIZE, to + WIDE, planes[from + SIZE - 1]);
    }
  }
}
