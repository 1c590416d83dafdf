package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.vector.run.Parallel;

/**
 * One number for each channel, repeated for a few rows: a loop over as many rows at once is long
 * enough for vector code even where a row is a few channels.
 */
final class ChannelPattern {
  private static final int LENGTH = 256;

  private final int channels;
  private final float[] values;

  ChannelPattern(int channels) {
    this.channels = channels;
    values = new float[rowsAtOnce(channels) * channels];
  }

  private static int rowsAtOnce(int channels) {
    return Math.max(1, LENGTH / channels);
  }

  /** The pattern, from channel 0 on. */
  float[] values() {
    return values;
  }

  /** Sets the number of a channel. */
  void set(int channel, float value) {
    for (int i = channel; i < values.length; i += channels) {
      values[i] = value;
    }
  }

  /** Work on {@code count} elements from element {@code at}, which is of channel 0. */
  @FunctionalInterface
  interface Body {
    void run(int at, int count);
  }

  /** A loop over rows, a pattern's length at a time. */
  static Kernel loop(Parallel parallel, int rows, int channels, Body body) {
    int step = rowsAtOnce(channels);
    return parallel.rows(
        rows,
        channels,
        (from, to) -> {
          for (int r = from; r < to; r += step) {
            body.run(r * channels, Math.min(step, to - r) * channels);
          }
        });
  }
}
