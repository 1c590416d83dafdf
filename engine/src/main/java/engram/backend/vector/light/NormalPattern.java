package engram.backend.vector.light;

import engram.backend.vector.run.HostBuffer;

/** {@code y = (x - mean) * (inverse * gamma) + beta}, a few rows at a time. */
final class NormalPattern {
  private final HostBuffer gamma;
  private final HostBuffer beta;
  private final HostBuffer mean;
  private final HostBuffer inverse;
  private final ChannelPattern centre;
  private final ChannelPattern factor;
  private final ChannelPattern shift;

  NormalPattern(HostBuffer gamma, HostBuffer beta, HostBuffer mean, HostBuffer inverse) {
    this.gamma = gamma;
    this.beta = beta;
    this.mean = mean;
    this.inverse = inverse;
    centre = new ChannelPattern(gamma.elements());
    factor = new ChannelPattern(gamma.elements());
    shift = new ChannelPattern(gamma.elements());
  }

  /** Reads the numbers of the channels. */
  void prepare() {
    for (int c = 0; c < gamma.elements(); c++) {
      centre.set(c, mean.data()[mean.offset() + c]);
      factor.set(c, inverse.data()[inverse.offset() + c] * gamma.data()[gamma.offset() + c]);
      shift.set(c, beta.data()[beta.offset() + c]);
    }
  }

  /** Elements that {@link #apply} takes at most. */
  int length() {
    return centre.values().length;
  }

  /** Normalises {@code count} elements, the first of which is of channel 0. */
  void apply(float[] x, int xAt, float[] y, int yAt, int count) {
    scaleAndShift(x, xAt, centre.values(), factor.values(), shift.values(), y, yAt, count);
  }

  private static void scaleAndShift(
      float[] x,
      int xAt,
      float[] centre,
      float[] factor,
      float[] shift,
      float[] y,
      int yAt,
      int count) {
    for (int i = 0; i < count; i++) {
      y[yAt + i] = (x[xAt + i] - centre[i]) * factor[i] + shift[i];
    }
  }
}
